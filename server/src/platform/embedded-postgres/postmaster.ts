import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readlinkSync, realpathSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { startOf } from './process-identity.ts';
import type { Runtime } from './runtime.ts';

const LOG_BYTES = 4 * 1024 * 1024;

/** A running PostgreSQL: one that we started, or one that outlived a killed parent. */
export interface Postmaster {
  readonly pid: number;
  readonly ended: Promise<void>;
  /** Nothing once it has ended: its number may be another process's by then. */
  signal(name: NodeJS.Signals): void;
}

/** Starts PostgreSQL in a session of its own, so that a terminal's Ctrl-C reaches us first and we stop it in order. */
export function spawnPostmaster(
  place: ClusterPlace,
  runtime: Runtime,
  settings: readonly string[],
): Postmaster {
  const file = logFile(place);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) renameSync(file, `${file}.1`);
  const log = openSync(file, 'a', 0o600);
  const child = spawn(
    join(runtime.home, 'bin', 'postgres'),
    ['-D', `${place.seenByPostgres}/data`, ...settings],
    {
      ...place.user,
      cwd: '/',
      detached: true,
      env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
      stdio: ['ignore', log, log, place.descriptor],
    },
  );
  closeSync(log);
  child.unref();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return { pid: child.pid ?? -1, ended, signal: (name) => void child.kill(name) };
}

/** The PostgreSQL that already serves this cluster, or undefined. */
export function findPostmaster(place: ClusterPlace): Postmaster | undefined {
  const pid = readPidFile(place)?.pid;
  if (pid === undefined) return undefined;
  const start = startOf(pid);
  if (start === undefined || !servesCluster(pid, place)) return undefined;
  return {
    pid,
    ended: untilGone(pid, start),
    signal: (name) => {
      try {
        if (startOf(pid) === start) process.kill(pid, name);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    },
  };
}

/**
 * Resolves when PostgreSQL accepts connections; rejects with the end of its log when it ends first. One that takes longer is
 * left to go on: the next start finds it.
 */
export async function untilReady(
  postmaster: Postmaster,
  place: ClusterPlace,
  timeoutMs = 180_000,
): Promise<void> {
  let gone = false;
  void postmaster.ended.then(() => {
    gone = true;
  });
  for (const deadline = performance.now() + timeoutMs; ; ) {
    const file = readPidFile(place);
    if (file?.pid === postmaster.pid && file.status === 'ready') return;
    if (gone) throw new CannotStart(`The embedded PostgreSQL ended at its start. ${logTail(place)}`);
    if (performance.now() > deadline)
      throw new CannotStart(
        `The embedded PostgreSQL is not ready after ${timeoutMs / 1000} s, and goes on. After a crash, it may have much to recover. ${logTail(place)}`,
        { mayPass: true },
      );
    await sleep(3);
  }
}

/** Fast shutdown: open transactions are rolled back and a checkpoint is written. After 20 s, an immediate one. */
export async function stopPostmaster(postmaster: Postmaster): Promise<void> {
  postmaster.signal('SIGINT');
  const late = setTimeout(() => postmaster.signal('SIGQUIT'), 20_000);
  await postmaster.ended;
  clearTimeout(late);
}

function readPidFile(place: ClusterPlace): { pid: number; status: string } | undefined {
  try {
    const lines = readFileSync(join(place.data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, status: (lines[7] ?? '').trim() } : undefined;
  } catch {
    return undefined;
  }
}

/** A postmaster works in its data directory, which tells it from a process that was given its number later. */
function servesCluster(pid: number, place: ClusterPlace): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(place.data);
  } catch {
    return false;
  }
}

async function untilGone(pid: number, start: string): Promise<void> {
  while (startOf(pid) === start) await sleep(50, undefined, { ref: false });
}

const logFile = (place: ClusterPlace) => join(place.directory, 'postgres.log');

function logTail(place: ClusterPlace): string {
  try {
    return `Its log (${logFile(place)}) ends: ${readFileSync(logFile(place), 'utf8').trim().split('\n').slice(-5).join(' | ')}`;
  } catch {
    return '';
  }
}
