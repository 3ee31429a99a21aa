import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../server/test/free-port.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A Sallyport of its own, as `npm start` runs it: with its data in a new directory, on a free port. */
export interface Sallyport {
  readonly origin: string;
  readonly dataDirectory: string;
  /** `/setup?token=…` at the origin, as printed at the first start. */
  readonly setupLink: string;
  /** The server process that `npm start` keeps up, at this moment. */
  serverPid(): number | undefined;
  /** Resolves when it answers that it is ready; gives how long that took. */
  untilReady(timeoutMs?: number): Promise<number>;
  /** What it printed so far. */
  said(): string;
  /** Stops in order and removes the data. */
  stop(): Promise<void>;
}

export interface SallyportOptions {
  readonly demo?: boolean;
  /** Settings beside those of the directory and the port. */
  readonly settings?: Readonly<Record<string, string>>;
}

export async function startSallyport(options: SallyportOptions = {}): Promise<Sallyport> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sallyport-e2e-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(
    join(root, 'node_modules/node/bin/node'),
    ['scripts/start.mjs', ...(options.demo === true ? ['--demo'] : [])],
    {
      cwd: root,
      env: {
        ...process.env,
        SALLYPORT_DATA_DIR: dataDirectory,
        SALLYPORT_LISTEN: `127.0.0.1:${port}`,
        SALLYPORT_LOG_LEVEL: 'warn',
        ...options.settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      said = (said + data.toString()).slice(-200_000);
    });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
    await rm(dataDirectory, { recursive: true, force: true });
  };
  const untilReady = (timeoutMs = 60_000) => readiness(origin, child, timeoutMs, () => said);
  try {
    await untilReady();
    const deadline = Date.now() + 5_000;
    while (!said.includes('/setup?token=') && Date.now() < deadline) await sleep(20);
    const setupLink = /https?:\/\/\S+\/setup\?token=\S+/.exec(said)?.[0];
    if (setupLink === undefined) throw new Error(`no set-up link was printed: ${said}`);
    return {
      origin,
      dataDirectory,
      setupLink,
      untilReady,
      stop,
      said: () => said,
      serverPid: () => serverOf(child),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readiness(
  origin: string,
  child: ChildProcess,
  timeoutMs: number,
  said: () => string,
): Promise<number> {
  const began = performance.now();
  for (;;) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}: ${said()}`);
    try {
      const answer = await fetch(`${origin}/v1/health`, { signal: AbortSignal.timeout(1_000) });
      const { status } = (await answer.json()) as { status: string };
      if (status === 'ready') return performance.now() - began;
    } catch {
      // Not yet.
    }
    if (performance.now() - began > timeoutMs) throw new Error(`not ready after ${timeoutMs} ms: ${said()}`);
    await sleep(5);
  }
}

function serverOf(starter: ChildProcess): number | undefined {
  for (const task of readdirSync(`/proc/${starter.pid}/task`)) {
    const children = readFileSync(`/proc/${starter.pid}/task/${task}/children`, 'utf8').trim();
    for (const pid of children.split(' ').filter((text) => text !== '')) {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server/src/main.ts')) return Number(pid);
    }
  }
  return undefined;
}
