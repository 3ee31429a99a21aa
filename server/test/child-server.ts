import { execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { unprivileged } from './unprivileged.ts';

const run = promisify(execFile);

/** Runs a program to its end as the unprivileged user; a failure carries what it printed. */
export async function runUnprivileged(program: string, args: readonly string[], env = {}): Promise<void> {
  await run(program, [...args], {
    ...unprivileged,
    cwd: '/tmp',
    env: { ...process.env, LC_ALL: 'C', ...env },
  });
}

/** A file that only the unprivileged user may read. */
export const writeUnprivileged = (file: string, text: string): Promise<void> =>
  runUnprivileged('/bin/sh', ['-c', 'umask 077; printf %s "$1" > "$2"', 'sh', text, file]);

export interface ChildServer {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a server as the unprivileged user and waits until `ready` does not throw. */
export async function startChildServer(options: {
  program: string;
  args: readonly string[];
  stopSignal: NodeJS.Signals;
  ready: () => Promise<unknown>;
}): Promise<ChildServer> {
  const child = spawn(options.program, [...options.args], {
    ...unprivileged,
    cwd: '/tmp',
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => {
    said = (said + data).slice(-8_000);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      said += String(error);
      resolve();
    });
  });
  const stop = async () => {
    child.kill(options.stopSignal);
    await ended;
  };
  const deadline = Date.now() + 30_000;
  for (;;) {
    if (child.exitCode !== null || child.pid === undefined)
      throw new Error(`${options.program} did not start: ${said}`);
    try {
      await options.ready();
      return { pid: child.pid, stop };
    } catch (error) {
      if (Date.now() > deadline) {
        await stop();
        throw new Error(`${options.program} was not ready in 30 s: ${said}`, { cause: error });
      }
      await sleep(25);
    }
  }
}
