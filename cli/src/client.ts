import {
  type BodyInputOf,
  type ParamsOf,
  Problem,
  type QueryInputOf,
  type ResponseOf,
  type Route,
} from '@sallyport/contract';

export interface Connection {
  /** The server's base URL. */
  readonly url: string;
  /** An API token of a person. */
  readonly token: string;
}

type AnyRoute = Route<never, never, never, never> | Route;
/** What a call of a route is given; a part that the route does not have is left out. */
export interface Given<R> {
  readonly params?: ParamsOf<R>;
  readonly query?: QueryInputOf<R>;
  readonly body?: BodyInputOf<R>;
}

/** The server said no: its problem document, in words. */
class ServerRefusal extends Error {
  readonly code: string;
  constructor(problem: Problem) {
    const places = (problem.places ?? []).map((place) => `\n  ${place.path ?? ''} ${place.message}`);
    // The server's words are for who signs in with a browser.
    const said =
      problem.code === 'sign_in_required'
        ? 'The token is none that is in force at this server: it was ended, ran out, or is another’s. Make one there: Account → API tokens.'
        : `${problem.title} ${problem.next}`;
    super(`${said}${places.join('')} (${problem.code}, request ${problem.requestId})`);
    this.name = 'ServerRefusal';
    this.code = problem.code;
  }
}

/** Calls an operation of the contract; its answer is checked against the contract too. Throws `ServerRefusal`. */
export async function request<R extends AnyRoute>(
  connection: Connection,
  route: R,
  given: Given<R> = {},
): Promise<ResponseOf<R>> {
  const answer = await send(connection, route as unknown as Route, given as Given<Route>);
  const { response } = route as unknown as Route;
  if (response === null) {
    await answer.body?.cancel();
    return undefined as ResponseOf<R>;
  }
  const { origin } = new URL(connection.url);
  const text = await answer.text().catch((cause) => lost(origin, cause));
  const parsed = response.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data as ResponseOf<R>;
  throw new Error(
    `${origin} answered what this version of sallyport does not know. Use the one that belongs to the server.`,
    { cause: parsed.error },
  );
}

/** The same for an operation that streams; the body has not been read. */
export async function requestStream<R extends AnyRoute>(
  connection: Connection,
  route: R,
  given: Given<R> = {},
): Promise<AsyncIterable<Uint8Array>> {
  const answer = await send(connection, route as unknown as Route, given as Given<Route>);
  if (answer.body === null) throw new Error('The server sent an empty answer.');
  return whole(answer.body, new URL(connection.url).origin);
}

async function* whole(body: ReadableStream<Uint8Array>, origin: string): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    lost(origin, cause);
  }
}

function lost(origin: string, cause: unknown): never {
  throw new Error(`The connection to ${origin} was lost before its answer was whole. Try again.`, { cause });
}

/** Undefined where it is none, which no answer is. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function send(connection: Connection, route: Route, given: Given<Route>): Promise<Response> {
  const url = addressOf(connection.url, route, given);
  const body = given.body as unknown;
  const answer = await fetch(url, {
    method: route.method,
    // A token must not follow a redirect to another host.
    redirect: 'error',
    headers: {
      authorization: `Bearer ${connection.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: Error) => {
    throw new Error(`No answer from ${url.origin}: ${reasonOf(cause)}`, { cause });
  });
  if (answer.ok) return answer;
  const problem = Problem.safeParse(await answer.json().catch(() => undefined));
  if (problem.success) throw new ServerRefusal(problem.data);
  if (answer.status >= 502 && answer.status <= 504)
    throw new Error(
      `${url.origin} answered ${answer.status}: what stands in front of Sallyport got no answer from it. See whether it runs, and try again.`,
    );
  throw new Error(`${url.origin} answered ${answer.status}; it does not seem to be a Sallyport server.`);
}

function addressOf(base: string, route: Route, given: Given<Route>): URL {
  const params = (given.params ?? {}) as Record<string, string>;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const url = new URL(path, base);
  for (const [name, value] of Object.entries((given.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. See whether the server runs, and at which port.',
  ENOTFOUND: 'there is no host of that name. Check the address.',
  EAI_AGAIN: 'names cannot be looked up now. See whether this machine is on the network.',
  ETIMEDOUT: 'nothing answers there. Check the address, and what stands between.',
  UND_ERR_CONNECT_TIMEOUT: 'nothing answers there. Check the address, and what stands between.',
  EHOSTUNREACH: 'no way leads there. See whether this machine is on its network.',
  UND_ERR_HEADERS_TIMEOUT:
    'it took the request and said nothing for minutes. See whether the server is well.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what is there does not speak TLS. Check the port and the scheme.',
  CERT_HAS_EXPIRED: 'its certificate has expired. The server’s people have to renew it.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name. Use the address that people use.',
  UND_ERR_SOCKET:
    'what is there does not speak HTTP so. Check the port, and whether the address begins with https://.',
};
const UNTRUSTED = /CERT_IN_CHAIN|UNABLE_TO_|SELF_SIGNED/;

function reasonOf(error: Error): string {
  const cause = error.cause as { code?: string; message?: string } | undefined;
  const code = cause?.code ?? '';
  const reason = /redirect/.test(cause?.message ?? '')
    ? 'it sends on to another address, where a token does not go. Give the server’s own; what asks people to sign in before it has to let /v1/ through.'
    : UNTRUSTED.test(code)
      ? 'no authority that is known here has signed its certificate. Set NODE_EXTRA_CA_CERTS to the PEM file of the one that did.'
      : REASONS[code];
  if (reason === undefined) return code || (cause?.message ?? error.message);
  return code === '' ? reason : `${reason} (${code})`;
}
