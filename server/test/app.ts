import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  BodyInputOf,
  Me,
  ParamsOf,
  Problem,
  QueryInputOf,
  ResponseOf,
  RoleName,
  Route,
} from '@sallyport/contract';
import { contract } from '@sallyport/contract';
import { Agent, fetch as fetchWith } from 'undici';
import { type StartOptions, start } from '../src/compose.ts';
import { openDatabase } from '../src/open-database.ts';
import { readConfig } from '../src/platform/config/read-config.ts';
import { createLifecycle } from '../src/platform/lifecycle/lifecycle.ts';
import { openLog } from '../src/platform/log/log.ts';
import { emptyDatabase } from './empty-database.ts';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  /** The answer, when the status says that it is one. */
  readonly body: T;
  /** The problem document otherwise. */
  readonly problem: Problem | undefined;
  readonly text: string;
}

interface Given<R> {
  readonly params?: ParamsOf<R>;
  readonly query?: QueryInputOf<R>;
  readonly body?: BodyInputOf<R>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** One signed-in browser, or nobody's. */
export interface TestClient {
  readonly me: Me | undefined;
  call<R extends Route>(route: R, given?: Given<R>): Promise<Answer<ResponseOf<R>>>;
  /** As `call`, and a failure of the test when the answer is a problem. */
  ok<R extends Route>(route: R, given?: Given<R>): Promise<ResponseOf<R>>;
  /** Any request at all, with this client's cookie and token. */
  raw(path: string, init?: RequestInit): Promise<Response>;
  readonly cookie: string | undefined;
}

export interface TestApp {
  readonly url: string;
  readonly ownerUrl: string;
  readonly dataDirectory: string;
  readonly owner: TestClient;
  nobody(): TestClient;
  signIn(email: string, password: string): Promise<TestClient>;
  /** Invites and accepts; the person is in the owner's organization, or in that of `by`. */
  person(role: RoleName, by?: TestClient): Promise<TestClient>;
  /** Another organization with an owner of its own. */
  otherOrganization(name?: string): Promise<TestClient>;
  /** Everything that the server wrote to its log. */
  readonly log: () => string;
  /** Starts a second server over the same database, as on another machine. */
  anotherNode(): Promise<TestNode>;
  stop(): Promise<void>;
}

export interface TestNode {
  /** The same browser session, speaking to this node. */
  as(client: TestClient): TestClient;
  stop(): Promise<void>;
}

/** Over plain HTTP by the platform; with an authority of the test's own, by the library whose agent takes one. */
function request(url: string, init: RequestInit, dispatcher: Agent | undefined): Promise<Response> {
  if (dispatcher === undefined) return fetch(url, init);
  return fetchWith(url, { ...(init as object), dispatcher }) as unknown as Promise<Response>;
}

const described = JSON.parse(readFileSync(new URL('../../openapi.v1.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, { responses: Record<string, { description?: string }> }>>;
  components: { responses: { Any: { description: string } } };
};

/** Which codes an operation may answer is read from the source (scripts/operation-codes.ts): here it is seen to be true. */
function assertDescribed({ operationId, method, path }: Route, { status, code }: Problem): void {
  const { responses } = described.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()] ?? {};
  const told = `${responses?.[status]?.description} ${described.components.responses.Any.description}`;
  if (responses !== undefined && !told.includes(`\`${code}\``))
    throw new Error(`${operationId} answered ${status} ${code}, which openapi.v1.json does not say of it.`);
}

export const PASSWORD = 'correct-horse-battery-71';

type Node = Pick<StartOptions, 'config' | 'log' | 'lifecycle' | 'web'>;

async function startNode({ config, log, lifecycle, web }: Node) {
  const onLost = (error: Error) => {
    throw error;
  };
  const place = await openDatabase({ config, log, lifecycle, onLost });
  return start({ config, log, lifecycle, place, onLost, demo: false, web });
}

/** The whole server in this process, over a fresh database, with an owner; HTTP as a browser would speak it. */
export async function testApp(
  environment: Readonly<Record<string, string>> = {},
  web: string | null = null,
  ca?: string,
): Promise<TestApp> {
  const database = await emptyDatabase();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sallyport-'));
  const lines: string[] = [];
  const log = openLog('info', { write: (line: string) => void lines.push(line) });
  const lifecycle = createLifecycle(log);
  const configFor = (directory: string, more: Readonly<Record<string, string>>) =>
    readConfig(
      {
        DATABASE_URL: database.ownerUrl,
        SALLYPORT_DATA_DIR: directory,
        SALLYPORT_LISTEN: '127.0.0.1:0',
        SALLYPORT_PUBLIC_RATE: '100000',
        ...more,
      },
      directory,
    );
  const config = configFor(dataDirectory, environment);
  const running = await startNode({ config, log, lifecycle, web }).catch(async (error: unknown) => {
    await lifecycle.stop();
    await database.close();
    throw error;
  });
  const dispatcher = ca === undefined ? undefined : new Agent({ connect: { ca } });
  const url = running.url.origin;
  const token = new URL(running.setupLink ?? '').searchParams.get('token') ?? '';
  const nobody = () => client(url, dispatcher);
  const entered = async (entering: TestClient, work: Promise<Me>) => {
    await work;
    return client(url, dispatcher, await work, entering.cookie);
  };
  const first = nobody();
  const owner = await entered(
    first,
    first.ok(contract.identity.completeSetup, {
      body: {
        token,
        organization: 'Harbor Supply',
        name: 'Olive Owner',
        email: 'owner@harbor.example',
        password: PASSWORD,
      },
    }),
  );
  let people = 0;
  const app: TestApp = {
    url,
    ownerUrl: database.ownerUrl,
    dataDirectory,
    owner,
    nobody,
    signIn: (email, password) => {
      const entering = nobody();
      return entered(entering, entering.ok(contract.identity.signIn, { body: { email, password } }));
    },
    person: async (role, by = owner) => {
      const email = `${role}${++people}@harbor.example`;
      const { link } = await by.ok(contract.identity.invite, { body: { email, role } });
      const entering = nobody();
      const invited = new URL(link).searchParams.get('token') ?? '';
      return entered(
        entering,
        entering.ok(contract.identity.acceptInvitation, {
          body: { token: invited, name: `Person ${people}`, password: PASSWORD },
        }),
      );
    },
    otherOrganization: async (name = 'Other Company') => {
      const person = await app.person('owner');
      const { id } = await person.ok(contract.identity.createOrganization, { body: { name } });
      const me = await person.ok(contract.identity.switchOrganization, { body: { organizationId: id } });
      return client(url, dispatcher, me, person.cookie);
    },
    log: () => lines.join(''),
    anotherNode: async () => {
      const directory = mkdtempSync(join(tmpdir(), 'sallyport-'));
      const life = createLifecycle(log);
      const SALLYPORT_ROOT_KEY = readFileSync(join(dataDirectory, 'root.key'), 'utf8').trim();
      const node = await startNode({
        config: configFor(directory, { ...environment, SALLYPORT_ROOT_KEY }),
        log,
        lifecycle: life,
        web,
      });
      return {
        as: (one) => client(node.url.origin, dispatcher, one.me, one.cookie),
        stop: async () => {
          await life.stop();
          rmSync(directory, { recursive: true, force: true });
        },
      };
    },
    stop: async () => {
      await lifecycle.stop();
      await dispatcher?.close();
      await database.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
  return app;
}

function client(url: string, dispatcher?: Agent, me?: Me, initialCookie?: string): TestClient {
  let cookie = initialCookie;
  const raw = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers({
      origin: url,
      ...(cookie === undefined ? {} : { cookie }),
      ...(me === undefined ? {} : { 'x-csrf-token': me.csrfToken }),
    });
    new Headers(init.headers).forEach((value, name) => {
      headers.set(name, value);
    });
    const response = await request(`${url}${path}`, { redirect: 'manual', ...init, headers }, dispatcher);
    const set = response.headers.getSetCookie()[0];
    if (set !== undefined) cookie = set.split(';')[0];
    return response;
  };
  const call = async <R extends Route>(route: R, given: Given<R> = {}): Promise<Answer<ResponseOf<R>>> => {
    const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(String((given.params as Record<string, unknown> | undefined)?.[name])),
    );
    const query = new URLSearchParams((given.query ?? {}) as Record<string, string>).toString();
    const response = await raw(query === '' ? path : `${path}?${query}`, {
      method: route.method,
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
      headers: {
        ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...given.headers,
      },
      ...(given.signal === undefined ? {} : { signal: given.signal }),
    });
    const text = await response.text();
    const json =
      text === '' ||
      !/json/.test(response.headers.get('content-type') ?? '') ||
      /ndjson/.test(response.headers.get('content-type') ?? '')
        ? undefined
        : JSON.parse(text);
    const problem = response.ok ? undefined : (json as Problem);
    if (problem !== undefined) assertDescribed(route, problem);
    return { status: response.status, headers: response.headers, body: json as ResponseOf<R>, problem, text };
  };
  return {
    me,
    get cookie() {
      return cookie;
    },
    raw,
    call,
    ok: async (route, given) => {
      const answer = await call(route, given);
      if (answer.problem !== undefined)
        throw new Error(`${route.operationId}: ${answer.status} ${answer.text}`);
      return answer.body;
    },
  };
}
