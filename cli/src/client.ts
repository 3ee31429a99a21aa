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
        ? 'This server does not accept the token: it was revoked, expired, or belongs to another server. Make a new one under Account → API tokens.'
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
    `${origin} sent an answer that this version of sallyport does not understand. Use the version of the server.`,
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
  throw new Error(`The connection to ${origin} was lost before the answer was complete. Try again.`, {
    cause,
  });
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
      `${url.origin} answered ${answer.status}: the proxy in front of Sallyport got no answer from it. Check that Sallyport is running, and try again.`,
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
  ECONNREFUSED: 'nothing listens there. Check that the server is running, and its port.',
  ENOTFOUND: 'there is no host with that name. Check the address.',
  EAI_AGAIN: 'host names cannot be resolved now. Check the network of this machine.',
  ETIMEDOUT: 'nothing answers there. Check the address, and firewalls in between.',
  UND_ERR_CONNECT_TIMEOUT: 'nothing answers there. Check the address, and firewalls in between.',
  EHOSTUNREACH: 'there is no route to it. Check that this machine is on its network.',
  UND_ERR_HEADERS_TIMEOUT: 'it accepted the request and sent nothing for minutes. Check the server.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'that port does not speak TLS. Check the port and the scheme.',
  CERT_HAS_EXPIRED: 'its certificate has expired. Ask the people who run the server to renew it.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name. Use the address that people use.',
  UND_ERR_SOCKET:
    'that port does not speak plain HTTP. Check the port, and whether the address starts with https://.',
};
const UNTRUSTED = /CERT_IN_CHAIN|UNABLE_TO_|SELF_SIGNED/;

function reasonOf(error: Error): string {
  const cause = error.cause as { code?: string; message?: string } | undefined;
  const code = cause?.code ?? '';
  const reason = /redirect/.test(cause?.message ?? '')
    ? 'it redirects to another address, and a token is not sent there. Use the server’s own address; a sign-in page in front of it must let /v1/ through.'
    : UNTRUSTED.test(code)
      ? 'its certificate is not signed by a trusted authority. Set NODE_EXTRA_CA_CERTS to the PEM file of the authority that signed it.'
      : REASONS[code];
  if (reason === undefined) return code || (cause?.message ?? error.message);
  return code === '' ? reason : `${reason} (${code})`;
}
