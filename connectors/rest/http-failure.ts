import { ConnectorError, type ConnectorErrorCode } from '../port.ts';
import { scrub, withoutWords } from '../scrub.ts';
import { tlsFailure } from '../tls-failure.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** An answer that is not a success, with its status and the start of its body for a builder. */
export function statusFailure(
  status: number,
  body: string,
  words: readonly string[],
  headers: Headers,
): ConnectorError {
  const start = startOf(body, words);
  const wait = headers['retry-after'];
  // With 403, too, some APIs say that they are asked too often, such as GitHub's.
  const limited = status === 403 && (wait !== undefined || headers['x-ratelimit-remaining'] === '0');
  const code = limited ? 'source_rate_limited' : codeOf(status);
  const retryAfter =
    code === 'source_rate_limited' || code === 'source_unavailable' ? secondsOf(wait) : undefined;
  const plain = retryAfter === undefined ? undefined : `It asks to wait ${waitWords(retryAfter)}.`;
  // What was not to be had is nothing that the builder wrote.
  const asked = status === 406 ? 'The header Accept asks for JSON, unless the query sets it. ' : '';
  const answered = `${asked}The source answered ${status}${start === '' ? '.' : `: ${start}`}`;
  if (status === 404 || status === 410) return new ConnectorError(code, answered, { plain: GONE });
  return retryAfter === undefined || plain === undefined
    ? new ConnectorError(code, answered)
    : new ConnectorError(code, `${plain} ${answered}`, { plain, retryAfter });
}

/** To a member, the most frequent of refusals: somebody else was faster, or an id is mistyped. */
const GONE = 'It has nothing there. What was asked for may have been removed.';

/** What a body begins with, in one line, for a builder. */
export function startOf(body: string, words: readonly string[]): string {
  const said = textOf(withoutWords(body, words)).replace(/\s+/g, ' ').trim();
  return scrub(said, words).slice(0, 500);
}

/** `Retry-After` in seconds: a number of them, or a date (RFC 9110, 10.2.3); what is neither, or past, says nothing. */
function secondsOf(wait: string | readonly string[] | undefined): number | undefined {
  const text = (typeof wait === 'string' ? wait : (wait?.[0] ?? '')).trim();
  const seconds = /^\d{1,9}$/.test(text)
    ? Number(text)
    : /^\w{3}, .* GMT$/.test(text)
      ? Math.ceil((Date.parse(text) - Date.now()) / 1_000)
      : Number.NaN;
  return seconds > 0 ? seconds : undefined;
}

function waitWords(seconds: number): string {
  if (seconds <= 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

/** As much of a page as is looked at for its words. */
const PAGE = 50_000;

/** What a person reads of a body: of a page its words, which begin far behind its head, its styles and its scripts. */
function textOf(body: string): string {
  if (!/^\s*<(?:!doctype|html|head|body|title|h[1-6]|p|pre|center)\b/i.test(body)) return body;
  return body
    .slice(0, PAGE)
    .split(/<(?=script\b|style\b)/i)
    .map((part) => part.replace(/^(script|style)\b[^<]*/i, ''))
    .join(' ')
    .replace(/<[^<>]*>/g, ' ');
}

/** 502 to 504 are what stands before an API, or the API itself, saying that it cannot answer now. */
export function codeOf(status: number): ConnectorErrorCode {
  if (status < 400) return 'source_answer_invalid';
  if (status === 401) return 'source_credential_rejected';
  if (status === 403) return 'source_privilege_missing';
  if (status === 408) return 'source_timeout';
  // 422 is what most APIs say of a field that they do not take.
  if (status === 409 || status === 422) return 'source_constraint_violated';
  if (status === 429) return 'source_rate_limited';
  if (status >= 502 && status <= 504) return 'source_unavailable';
  return status < 500 || status === 501 ? 'source_refused_statement' : 'source_failed';
}

/** Headers without an end, and a length that the body does not have. */
const NOT_HTTP: ReadonlySet<string> = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);
/** 100 Continue, and 101 Switching Protocols: the driver ends the connection at them. */
export const isUnasked = (error: unknown): boolean =>
  /^bad (response|upgrade)$/.test((error as { message?: string }).message ?? '');

/** A request that got no answer. */
export function requestFailure(
  error: unknown,
  signal: AbortSignal | undefined,
  timedOut: boolean,
): ConnectorError {
  if (error instanceof ConnectorError) return error;
  if (timedOut)
    return new ConnectorError('source_timeout', 'The source did not respond within the time limit.');
  if (signal?.aborted === true)
    return signal.reason instanceof ConnectorError ? signal.reason : new ConnectorError('run_cancelled');
  const tls = tlsFailure(error);
  if (tls !== undefined) return tls;
  if (isUnasked(error))
    return new ConnectorError(
      'source_answer_invalid',
      'The source answered 100 Continue or 101 Switching Protocols, which the request did not ask for.',
      { cause: error },
    );
  const { code = '', name = '' } = error as { code?: string; name?: string };
  if (name === 'HTTPParserError' || NOT_HTTP.has(code))
    return new ConnectorError('source_answer_invalid', 'The response is not valid HTTP.', { cause: error });
  if (code === 'UND_ERR_INVALID_ARG')
    return new ConnectorError('source_refused_statement', 'The request has a part that HTTP does not allow.');
  return new ConnectorError('source_unreachable', 'The connection to the source was lost.', { cause: error });
}
