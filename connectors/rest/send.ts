import type { Place } from '../large-answers.ts';
import { ConnectorError, type RestRequest } from '../port.ts';
import { scrub } from '../scrub.ts';
import { asksForCertificate } from '../tls-failure.ts';
import type { Authentication, Proof } from './authentication.ts';
import type { Departure, Http } from './http-door.ts';
import { isUnasked, requestFailure, statusFailure } from './http-failure.ts';
import { errorText, isJsonType, readBody, readStart } from './read-body.ts';

/** One origin with what is sent to it. */
export interface RestDoor {
  readonly base: URL;
  readonly http: Http;
  readonly authentication: Authentication;
  /** The source's own headers, sent with every request. */
  readonly headers: readonly (readonly [string, string])[];
  readonly words: readonly string[];
}

export interface RestAnswer {
  readonly status: number;
  readonly server: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  /** Whether the answer said where its body ends, or the end of the connection is all that tells (RFC 9112, 6.3). */
  readonly delimited: boolean;
}

const REDIRECTS = 5;
/** What a query says of a body of JSON. */
const JSON_BODY = 'application/json';
/** These belong to the connection or to authentication, never to a query; or they have a read taken for a write. */
const RESERVED = new Set([
  'host',
  'authorization',
  'proxy-authorization',
  'cookie',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'keep-alive',
  'accept-encoding',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
]);

/** Some servers name here the characters of a body that they send as it is. */
const AS_IT_IS = /^(?:identity|utf-?8)?$/i;

interface Attempt {
  readonly method: string;
  readonly url: URL;
  readonly body: string | null;
}

/** How far a request got: what it asks for may have been done once it has left, unless the answer refuses it. */
export class Journey implements Departure {
  mayBeDone = false;
  leaving(): void {
    this.mayBeDone = true;
  }
  /** 4xx says that nothing was done, and 501 that there is no such method; only 408 is somebody on the way who lost patience. */
  answered(status: number): void {
    if ((status >= 400 && status < 500 && status !== 408) || status === 501) this.refused();
  }
  refused(): void {
    this.mayBeDone = false;
  }
}

/** Sends one request and reads its whole answer, following redirects that stay on the origin (Q7). */
export async function send(
  door: RestDoor,
  request: RestRequest,
  limits: { readonly timeoutMs: number; readonly maxBytes: number },
  signal?: AbortSignal,
  journey = new Journey(),
  place?: Place,
): Promise<RestAnswer> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  let attempt: Attempt = { method: request.method, url: target(door.base, request.path), body: request.body };
  let retried = false;
  let lost = false;
  try {
    for (let redirects = 0; ; ) {
      const proof = await withSignal(door.authentication.prove(), either);
      const asked = door.http.request({
        method: attempt.method as 'GET',
        path: pathOf(attempt.url, proof),
        headers: headersOf(door, request, proof, attempt.body !== null),
        body: attempt.body,
        signal: either,
        opaque: journey,
      });
      // A connection that was kept may be closed in the moment that it is used: what only reads is asked again, once.
      const again = attempt.method === 'GET' && !lost;
      const answer = await asked.catch((error: unknown) => {
        lost = again && isLost(error);
        if (lost) return null;
        throw error;
      });
      if (answer === null) continue;
      const status = answer.statusCode;
      if (redirects === 0) journey.answered(status);
      if (status === 401 && !retried && door.authentication.refused(proof)) {
        retried = true;
        await answer.body.dump();
        continue;
      }
      const location = answer.headers.location;
      if (status >= 300 && status < 400 && status !== 304 && typeof location === 'string') {
        await answer.body.dump();
        redirects += 1;
        if (redirects > REDIRECTS)
          throw new ConnectorError('source_answer_invalid', `More than ${REDIRECTS} redirects.`);
        const next = redirected(attempt, status, location, door.base);
        if (status === 301 && attempt.method !== 'GET') throw moved(next.url, door);
        attempt = next;
        continue;
      }
      const encoding = String(answer.headers['content-encoding'] ?? '');
      const plain = AS_IT_IS.test(encoding);
      const contentType = String(answer.headers['content-type'] ?? '');
      if (status < 200 || status >= 300) {
        const start = await readStart(answer.body);
        signal?.throwIfAborted();
        const words = [...door.words, ...door.authentication.words()];
        const said = plain ? errorText(start, contentType) : '';
        throw statusFailure(status, said, words, answer.headers);
      }
      const body = await readBody(answer.body, limits.maxBytes, place);
      if (!plain)
        throw new ConnectorError(
          'source_answer_invalid',
          `The answer is encoded as ${encoding.slice(0, 40)}.`,
        );
      return {
        status,
        body,
        server: String(answer.headers.server ?? ''),
        contentType,
        headers: answer.headers,
        delimited: ['content-length', 'transfer-encoding'].some((name) => name in answer.headers),
      };
    }
  } catch (error) {
    if (asksForCertificate(error)) journey.mayBeDone = false;
    throw requestFailure(error, signal, timeout.aborted);
  }
}

/** The connection ended, and nothing of an answer came. */
const isLost = (error: unknown): boolean =>
  !isUnasked(error) &&
  ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes((error as { code?: string }).code ?? '');

/** Below the base address: a dot segment cannot climb out, and a path cannot name another host. */
function target(base: URL, path: string): URL {
  const prefix = base.pathname.replace(/\/$/, '');
  const url = path.startsWith('/') ? URL.parse(`${base.origin}${prefix}${path}`) : null;
  if (
    url === null ||
    url.origin !== base.origin ||
    !(url.pathname === prefix || url.pathname.startsWith(`${prefix}/`))
  )
    throw new ConnectorError('source_refused_statement', "The path leaves the source's base address.");
  return url;
}

function redirected(from: Attempt, status: number, location: string, base: URL): Attempt {
  // A header comes as one character for each byte: what is no ASCII goes back as the bytes that it was.
  const written = location.replace(
    /[^\0-\x7f]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const url = URL.parse(written, from.url);
  if (url === null || url.origin !== base.origin || url.username !== '' || url.password !== '')
    throw new ConnectorError(
      'egress_refused',
      'E8 redirect-leaves-origin: The source redirects to another host, port or scheme.',
    );
  const keeps = status === 307 || status === 308 || from.method === 'GET' || from.method === 'HEAD';
  return keeps ? { ...from, url } : { method: 'GET', url, body: null };
}

/**
 * A write whose address is another by a slash, most often: asked for with GET, as browsers do, what stands there would pass
 * for the answer of a write that nobody made.
 */
function moved({ pathname }: URL, { base, words }: RestDoor): ConnectorError {
  const root = base.pathname.replace(/\/$/, '');
  const at = (path: string) => scrub(path, words).slice(0, 200);
  const advice = pathname.startsWith(`${root}/`)
    ? `Write the path ${at(pathname.slice(root.length))} in the query.`
    : `It is now ${at(pathname)}, which is not below the base URL of the source.`;
  return new ConnectorError(
    'source_answer_invalid',
    `The source answered 301: this address has moved. ${advice}`,
  );
}

function pathOf(url: URL, proof: Proof): string {
  const added = proof.query.map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const query = [url.search.replace(/^\?/, ''), ...added].filter((part) => part !== '').join('&');
  return query === '' ? url.pathname : `${url.pathname}?${query}`;
}

/** What a query gives a header several times is one list (RFC 9110, 5.3): all of it was reviewed, so all of it is sent. */
function joined(headers: RestRequest['headers']): RestRequest['headers'] {
  const values = new Map<string, string>();
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return [...values];
}

function headersOf(
  door: RestDoor,
  request: RestRequest,
  proof: Proof,
  hasBody: boolean,
): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'Sallyport' };
  const proven = new Set(proof.headers.map(([name]) => name.toLowerCase()));
  for (const [given, value] of [...door.headers, ...joined(request.headers)]) {
    const name = given.toLowerCase();
    if (RESERVED.has(name) || proven.has(name) || !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name))
      throw new ConnectorError(
        'source_refused_statement',
        `The header ${name.slice(0, 60)} cannot be set here.`,
      );
    if (!hasBody && name === 'content-type') continue;
    // A body of JSON is named as the source's own header names it, such as `application/vnd.api+json`.
    if (name === 'content-type' && value === JSON_BODY && isJsonType(headers[name] ?? '')) continue;
    headers[name] = value;
  }
  for (const [name, value] of proof.headers) headers[name] = value;
  return headers;
}

/** Waiting for a token ends with the request that waits, not with the token's own request, which others share. */
function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('aborted'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
