import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../server/test/free-port.ts';
import type { Bench } from './report.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `start.first`, `start.again`: from the command to a ready answer, without and with data; `idle.rss`: memory at rest. */
export const start: Bench = async (report, { quick }) => {
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-bench-'));
  try {
    // The web app is built once for many starts: a first start here is one without data, not one without a build.
    await (await launch(join(directory, 'build'))).stop();
    const first = await launch(join(directory, 'data'));
    report.add('start.first', first.ms / 1000, 's', { reach: 6 });
    await first.stop();
    const again = await launch(join(directory, 'data'));
    report.add('start.again', again.ms / 1000, 's', { reach: 2 });
    await sleep(quick ? 3_000 : 15_000);
    report.add('idle.rss', again.rss() / 1024 ** 2, 'MB', { reach: 160 });
    await again.stop();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

interface Launched {
  readonly ms: number;
  /** Resident memory of the server's process, in bytes. */
  rss(): number;
  stop(): Promise<void>;
}

async function launch(directory: string): Promise<Launched> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(join(root, 'node_modules/node/bin/node'), ['scripts/start.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      SALLYPORT_DATA_DIR: directory,
      SALLYPORT_LISTEN: `127.0.0.1:${port}`,
      SALLYPORT_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilReady(`http://127.0.0.1:${port}`, child);
  const ms = performance.now() - began;
  return {
    ms,
    rss: () => residentBytes(serverOf(child)),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilReady(origin: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 120_000; waited += 5) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const answer = await fetch(`${origin}/v1/health`).catch(() => undefined);
    if (answer?.ok === true && ((await answer.json()) as { status: string }).status === 'ready') return;
    await sleep(5);
  }
  throw new Error('it did not become ready');
}

/** The process that `npm start` keeps up. */
function serverOf(starter: ChildProcess): number {
  const children = readFileSync(`/proc/${starter.pid}/task/${starter.pid}/children`, 'utf8')
    .trim()
    .split(' ');
  const server = children.find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server/src/main.ts'),
  );
  if (server === undefined) throw new Error('the server’s process is not there');
  return Number(server);
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}
