import type { BodyInputOf, Me, ParamsOf, QueryInputOf, ResponseOf, Route } from '@sallyport/contract';
import { answeredInItsPlace, cutOff, isPage, notSent, problemOf } from './api-problem.ts';
import { creating } from './creation-keys.ts';
import { jsonText } from './exact-json.ts';

// biome-ignore lint/suspicious/noExplicitAny: a route of any shape; the shapes are read by inference below
export type AnyRoute = Route<any, any, any, any>;
type Given<Name extends string, T> = [T] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : { readonly [K in Name]: T };

/** What a call takes: the route's own params, query and body, each only where the route has one. */
export type CallInput<R extends AnyRoute> = Given<'params', ParamsOf<R>> &
  Given<'body', BodyInputOf<R>> & { readonly query?: QueryInputOf<R> };
type Bare<R extends AnyRoute> = [ParamsOf<R>, BodyInputOf<R>] extends [undefined, undefined] ? true : false;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Of a session that is not the page's own; never sent again with another. */
  readonly csrfToken?: string;
}
export type CallArguments<R extends AnyRoute> =
  Bare<R> extends true
    ? [input?: CallInput<R>, options?: CallOptions]
    : [input: CallInput<R>, options?: CallOptions];

/** The token that every change must carry, and whose in which organization it is. */
interface Proof {
  readonly token: string;
  readonly holder: string;
}
let proof: Proof | undefined;
let signedOut: () => void = () => {};
let tokenRefused: () => Promise<unknown> = async () => {};

/** Remembers as whom this page sends changes. */
export function rememberSession(me: Me | undefined): void {
  proof = me && { token: me.csrfToken, holder: `${me.person.id}/${me.organization.id}` };
}

/** Names what happens when the session has ended: the app goes to sign-in, with the way back. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

/** Names what happens when the token is not the session's, which another tab may have begun anew: it is asked for again. */
export function onTokenRefused(listener: () => Promise<unknown>): void {
  tokenRefused = listener;
}

/** The address of a call, for a link or a download. */
export function addressOf(route: AnyRoute, input: { params?: object; query?: object } = {}): string {
  const params = Object.entries(input.params ?? {});
  const path = params.reduce(
    (text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(String(value))),
    route.path as string,
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

interface Input {
  readonly params?: object;
  readonly query?: object;
  readonly body?: unknown;
}

/** Without a network, a request leaves this machine not at all; one to this machine needs none. */
const isOffline = (): boolean =>
  navigator.onLine === false && !/^(localhost|127\..*|\[::1\])$/.test(location.hostname);

/** Sends the call and gives the raw answer, for streams; throws `ApiProblem` when it is refused. */
export function send<R extends AnyRoute>(route: R, ...args: CallArguments<R>): Promise<Response> {
  return sendAs(route, args[0] ?? {}, args[1] ?? {});
}

async function sendAs(
  route: AnyRoute,
  input: Input,
  options: CallOptions,
  idempotencyKey?: string,
): Promise<Response> {
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
  if (route.produces) headers.set('accept', `${route.produces.join(', ')}, application/problem+json`);
  if (input.body !== undefined) headers.set('content-type', 'application/json');
  const sent = proof;
  const token = options.csrfToken ?? sent?.token;
  if (route.method !== 'GET' && token) headers.set('x-csrf-token', token);
  if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
  const offline = isOffline();
  const answer = await fetch(addressOf(route, input), {
    method: route.method,
    headers,
    credentials: 'same-origin',
    body: jsonText(input.body) ?? null,
    signal: options.signal ?? null,
    // Nothing of the API is elsewhere: what leads away, or answers with a page, is a proxy or a network that wants a sign-in.
    redirect: 'manual',
  }).catch((error: unknown) => {
    throw error instanceof TypeError && offline && isOffline() ? notSent() : error;
  });
  if (answer.type === 'opaqueredirect' || (answer.ok && isPage(answer))) throw answeredInItsPlace();
  if (answer.ok) return answer;
  if (answer.status === 401 && route.permission !== 'public') signedOut();
  const problem = await problemOf(answer);
  if (problem.code !== 'csrf_refused' || options.csrfToken !== undefined) throw problem;
  if (sent === proof) await tokenRefused().catch(() => {});
  // Refused for the token alone, nothing was done: with the one of the same person's new session in the same organization it
  // is done. What was meant as one person in one organization is never sent as another.
  if (sent !== undefined && sent.holder === proof?.holder && sent.token !== proof.token)
    return sendAs(route, input, options, idempotencyKey);
  throw problem;
}

/** Calls one operation of the contract and gives its typed answer. */
export async function call<R extends AnyRoute>(route: R, ...args: CallArguments<R>): Promise<ResponseOf<R>> {
  const input: Input = args[0] ?? {};
  const whole = async (key?: string) => {
    const answer = await sendAs(route, input, args[1] ?? {}, key);
    if (answer.status === 204 || route.response === null) return null as ResponseOf<R>;
    return (await answer.json().catch((error: unknown) => {
      if (!(error instanceof SyntaxError)) throw error;
      const next =
        route.method === 'GET' ? 'Try again.' : 'The change may have been made. Check before you try again.';
      throw cutOff(answer.headers.get('x-request-id') ?? '', next);
    })) as ResponseOf<R>;
  };
  return route.idempotent ? creating(route.operationId, input.body, whole) : whole();
}
