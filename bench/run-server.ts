import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RunAnswer } from '@sallyport/contract';
import { ENGINE_ENVIRONMENT, ENGINE_OPTIONS } from '../scripts/engine-options.mjs';
import { asAdmin, embeddedPostgres, startPostgres } from '../server/test/postgres-server.ts';
import { type Request, request } from './load.ts';

/** Sallyport as people start it, beside the bare proxy, both over one customer's database. */
export interface RunServer {
  /** The request that runs a saved query, whole or as NDJSON; by the owner, or by another. */
  run(query: string, given?: GivenRun, by?: Headers): Request;
  /** So many members, each with a session of their own. */
  members(count: number): Promise<readonly Headers[]>;
  /** The answer of one run. */
  answer(query: string, window: object): Promise<RunAnswer>;
  /** The request that makes the bare proxy run the same statement. */
  bare(query: string): Request;
  /** CPU of the two processes until now, in milliseconds. */
  cpu(): Promise<{ readonly ours: number; readonly bare: number }>;
  /** Resident memory of our process in bytes. */
  memory(): Promise<number>;
  readonly customerUrl: string;
  close(): Promise<void>;
}

export type Headers = Readonly<Record<string, string>>;

export interface GivenRun {
  readonly ndjson?: boolean;
  readonly runId?: string;
  readonly window?: object;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

const PASSWORD = 'correct-horse-battery-71';
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export interface SavedQuery {
  readonly text: string;
  readonly maxRows?: number;
  readonly timeoutMs?: number;
  readonly windowed?: boolean;
  readonly expectRows?: { readonly exactly: number };
}

/**
 * Starts everything, releases the queries, and signs in. `prepare` fills the customer's database; `onCollection` is told
 * each line that the engine writes about a garbage collection.
 */
export async function runServer(
  prepare: readonly string[],
  queries: Readonly<Record<string, SavedQuery>>,
  onCollection?: (line: string) => void,
): Promise<RunServer> {
  const customer = await startPostgres(embeddedPostgres());
  await asAdmin(customer.adminUrl, async (client) => {
    for (const statement of prepare) await client.query(statement);
  });
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  const ours = fork(here('../server/src/main.ts'), [], {
    silent: true,
    // As scripts/start.mjs starts it.
    execArgv: [
      ...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? ENGINE_OPTIONS),
      ...(onCollection === undefined ? [] : ['--trace-gc']),
    ],
    env: {
      ...ENGINE_ENVIRONMENT,
      PATH: process.env.PATH ?? '',
      SALLYPORT_DATA_DIR: dataDirectory,
      SALLYPORT_LISTEN: '127.0.0.1:0',
      // Lines of collections stand on the same output.
      ...(onCollection === undefined ? {} : { SALLYPORT_LOG_LEVEL: 'error' }),
    },
  });
  if (onCollection !== undefined && ours.stdout !== null)
    createInterface({ input: ours.stdout }).on('line', onCollection);
  const bare = fork(here('bare-proxy.ts'), [
    customer.adminUrl,
    ...Object.values(queries).map((query) => query.text),
  ]);
  const close = async () => {
    bare.kill();
    await ended(ours);
    await customer.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    const [link, { port }] = await Promise.all([setupLink(ours), first<{ port: number }>(bare)]);
    const session = await signIn(link);
    const release = await releaseQueries(session, new URL(customer.adminUrl), queries);
    const own = Number(new URL(session.origin).port);
    const names = Object.keys(queries);
    return {
      run: (query, { ndjson, ...given } = {}, by = session.headers) =>
        request(
          own,
          'POST',
          '/v1/runs',
          { ...by, accept: ndjson ? 'application/x-ndjson' : 'application/json' },
          JSON.stringify({ release, query, ...given }),
        ),
      members: (count) => joinAll(session, count),
      answer: async (query, window) => {
        const answer = await fetch(`${session.origin}/v1/runs`, {
          method: 'POST',
          headers: { ...session.headers, 'content-type': 'application/json' },
          body: JSON.stringify({ release, query, window }),
        });
        return (await answer.json()) as RunAnswer;
      },
      bare: (query) => request(port, 'GET', `/${names.indexOf(query)}`, {}),
      cpu: async () => ({ ours: await cpuOf(ours), bare: await cpuOf(bare) }),
      memory: () => memoryOf(ours),
      customerUrl: customer.adminUrl,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Session {
  readonly origin: string;
  readonly headers: Headers;
}

async function signIn(link: URL): Promise<Session> {
  const { origin } = link;
  const headers = await enter(origin, '/v1/setup', {
    token: link.searchParams.get('token'),
    organization: 'Bench',
    name: 'Bench',
    email: 'bench@bench.example',
    password: PASSWORD,
  });
  return { origin, headers };
}

/** What the browser of somebody who just came in sends from then on. */
async function enter(origin: string, path: string, body: object): Promise<Headers> {
  const answer = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${text}`);
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const { csrfToken } = JSON.parse(text) as { csrfToken: string };
  return { origin, cookie, 'x-csrf-token': csrfToken };
}

/** By invitation, as people join; a password takes its time on purpose, so two at once on two cores. */
async function joinAll(session: Session, count: number): Promise<readonly Headers[]> {
  const call = caller(session);
  const members: Headers[] = [];
  let next = 0;
  const join = async () => {
    while (next < count) {
      const email = `member-${next++}@bench.example`;
      const { link } = await call<{ link: string }>('POST', '/v1/invitations', { email, role: 'member' });
      const token = new URL(link).searchParams.get('token');
      members.push(
        await enter(session.origin, '/v1/invitations/accept', { token, name: email, password: PASSWORD }),
      );
    }
  };
  await Promise.all([join(), join()]);
  return members;
}

function caller(session: Session) {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${session.origin}${path}`, {
      method,
      headers: { ...session.headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
}

async function releaseQueries(
  session: Session,
  customer: URL,
  queries: Readonly<Record<string, SavedQuery>>,
): Promise<string> {
  const call = caller(session);
  const environment = (name: string) => ({
    environment: name,
    settings: {
      engine: 'postgres',
      host: customer.hostname,
      port: Number(customer.port),
      database: 'postgres',
      tls: 'off',
    },
    credential: { kind: 'password', user: 'postgres', password: decodeURIComponent(customer.password) },
  });
  const source = await call<{ slug: string }>('POST', '/v1/sources', {
    name: 'Bench',
    environments: [environment('development'), environment('production')],
  });
  const app = await call<{ id: string }>('POST', '/v1/apps', { name: 'Bench' });
  for (const [name, query] of Object.entries(queries)) {
    await call('PUT', `/v1/apps/${app.id}/draft/queries/${name}`, {
      document: { kind: 'sql', source: source.slug, ...query },
    });
  }
  const { hash } = await call<{ hash: string }>('GET', `/v1/apps/${app.id}/plan`);
  await call('POST', `/v1/apps/${app.id}/releases`, { hash });
  return hash;
}

function setupLink(child: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    let text = '';
    const listen = (piece: Buffer) => {
      text += piece.toString();
      const link = /https?:\/\/\S+\/setup\?token=\S+/.exec(text)?.[0];
      if (link === undefined) return;
      for (const stream of [child.stdout, child.stderr]) stream?.off('data', listen).resume();
      resolve(new URL(link));
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
}

const first = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve) => child.once('message', (message) => resolve(message as T)));

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

/** User and system time from the kernel, in milliseconds; ticks are 10 ms on Linux. */
async function cpuOf(child: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function memoryOf(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
}
