import { addAbortSignal } from 'node:stream';
import type { Credential } from '@sallyport/contract';
import { ConnectorError, type ConnectorErrorCode, type Dial } from '../port.ts';
import { openHttp, type TlsChoice } from './http-door.ts';
import { codeOf, requestFailure, startOf } from './http-failure.ts';
import { parseJson } from './parse-json.ts';
import { jsonText, readBody, readStart } from './read-body.ts';

type OAuth = Extract<Credential, { kind: 'oauth2-client-credentials' }>;

/** Renewed this long before it ends, so that a request does not carry a token that ends on the way. */
const EARLY_MS = 30_000;
const WITHOUT_EXPIRY_MS = 5 * 60_000;
const FETCH_MS = 10_000;
/** How long a refusal may take to say its reason: that it is one, its status has said. */
const REASON_MS = 500;

export interface TokenSource {
  get(): Promise<string>;
  /** The source refused a token: if it is the current one, the next `get` fetches another. */
  drop(isRefused: (token: string) => boolean): void;
  /** The tokens that a request under way may carry: the current one, and the one before it. */
  words(): readonly string[];
  close(): Promise<void>;
}

/** That the token address is asked too often, or fails, says nothing of the credential. */
const rejected = (status: number): ConnectorErrorCode =>
  status === 429 || status >= 500 ? codeOf(status) : 'source_credential_rejected';

/** Where a client says who it is (RFC 6749, 2.3.1): every server shall take the header, and some take the body alone. */
const PLACES = ['header', 'body'] as const;
type Place = (typeof PLACES)[number];

interface Refused {
  readonly status: number;
  /** What the refusal is called (RFC 6749, 5.2). */
  readonly error?: string | undefined;
  /** That, and its words. */
  readonly reason: string;
}

/** What a refusal says of itself (RFC 6749, 5.2), and nothing else of its body, which might hold a token. */
function refusedBy(status: number, body: Buffer, words: readonly string[]): Refused {
  let refusal: unknown;
  try {
    refusal = parseJson(jsonText(body));
  } catch {
    return { status, reason: '' };
  }
  const { error, error_description: described } = (refusal ?? {}) as Record<string, unknown>;
  const said = [error, described].filter((one) => typeof one === 'string');
  return {
    status,
    error: typeof error === 'string' ? error : undefined,
    reason: startOf(said.join(': '), words),
  };
}

/** A server that looks for the client elsewhere knows none, or misses something; any other refusal is of what is asked for. */
const knowsNoClient = ({ status, error }: Refused): boolean =>
  status === 401 ||
  (status === 400 && (error === undefined || error === 'invalid_client' || error === 'invalid_request'));

/**
 * Access tokens by client credentials (RFC 6749, 4.4), from the token address that the credential names, through the
 * same guard; kept in memory only, fetched once however many ask.
 */
export function tokenSource(credential: OAuth, dial: Dial, tls: TlsChoice): TokenSource {
  const url = new URL(credential.tokenUrl);
  const http = openHttp(url.origin, dial, tls);
  let current: { token: string; from: number; until: number } | undefined;
  let fetching: Promise<string> | undefined;
  /** Known once it has given a token there. */
  let place: Place | undefined;
  let latest: readonly string[] = [];

  async function ask(where: Place, signal: AbortSignal): Promise<{ answer: unknown } | { refused: Refused }> {
    const { clientId, clientSecret, scope, audience } = credential;
    const encodedSecret = encodeURIComponent(clientSecret);
    const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodedSecret}`).toString('base64');
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (scope !== undefined) form.set('scope', scope);
    if (audience !== undefined) form.set('audience', audience);
    if (where === 'body') {
      form.set('client_id', clientId);
      form.set('client_secret', clientSecret);
    }
    const answer = await http.request({
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        ...(where === 'header' ? { authorization: `Basic ${basic}` } : {}),
      },
      body: form.toString(),
      signal,
    });
    if (answer.statusCode === 200)
      return { answer: parseJson(jsonText(await readBody(answer.body, 100_000))) };
    const said = await readStart(addAbortSignal(AbortSignal.timeout(REASON_MS), answer.body));
    const inForm = new URLSearchParams([['', clientSecret]]).toString().slice(1);
    const words = [url.hostname, clientSecret, encodedSecret, inForm, basic];
    return { refused: refusedBy(answer.statusCode, said, words) };
  }

  async function fetchToken(): Promise<string> {
    const timeout = AbortSignal.timeout(FETCH_MS);
    try {
      let refused: Refused | undefined;
      for (const where of place === undefined ? PLACES : [place]) {
        const asked = await ask(where, timeout);
        if ('answer' in asked) {
          place = where;
          return keep(asked.answer);
        }
        // Of two refusals, the first, unless only the other is of the client itself.
        if (refused?.error !== 'invalid_client' && (!refused || asked.refused.error === 'invalid_client'))
          refused = asked.refused;
        if (!knowsNoClient(asked.refused)) break;
      }
      const { status, reason } = refused!;
      throw new ConnectorError(
        rejected(status),
        `It answered ${status} to the client's credentials${reason === '' ? '.' : `: ${reason}`}`,
      );
    } catch (cause) {
      // Whoever reads it would else look at the address of the API, which was not asked yet.
      const { code, detail = 'No answer.' } = requestFailure(cause, undefined, timeout.aborted);
      throw new ConnectorError(code, `The token address was asked for a token. ${detail}`, { cause });
    }
  }

  function keep(answer: unknown): string {
    const { access_token: token, expires_in: seconds } = (answer ?? {}) as Record<string, unknown>;
    if (typeof token !== 'string' || token === '' || /[^\x21-\x7e]/.test(token))
      throw new ConnectorError('source_answer_invalid', 'The answer holds no token.');
    const lifetime =
      typeof seconds !== 'object' && Number(seconds) > 0
        ? Number(seconds) * 1_000 - EARLY_MS
        : WITHOUT_EXPIRY_MS;
    latest = [token, ...latest].slice(0, 2);
    const from = Date.now();
    current = { token, from, until: from + lifetime };
    return token;
  }

  return {
    get: async () => {
      const now = Date.now();
      // A clock that was set back makes no token last longer.
      if (current !== undefined && now >= current.from && now < current.until) return current.token;
      fetching ??= fetchToken().finally(() => {
        fetching = undefined;
      });
      return fetching;
    },
    // What was sent with the one before it may be refused when the new one is there.
    drop: (isRefused) => {
      if (current !== undefined && isRefused(current.token)) current = undefined;
    },
    words: () => latest,
    close: () => http.destroy(),
  };
}
