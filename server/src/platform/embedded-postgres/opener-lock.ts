import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { startOf } from './process-identity.ts';

/** Held while this process has the data directory open. */
export interface OpenerLock {
  release(): void;
}

/**
 * Makes this process the only one that has a data directory open. A lock that a killed process left behind is taken
 * over: the file names the process and the moment of its start, and numbers are used again but moments are not.
 */
export function takeOpenerLock(file: string, directory: string): OpenerLock {
  const mine = `${process.pid} ${startOf(process.pid)}\n`;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    // Twice for a stale lock; more only when several processes take one over at the same moment.
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(draft, file);
        return { release: () => releaseIfMine(file, mine) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const held = read(file);
      if (held === undefined) continue;
      if (isAlive(held)) throw new AlreadyOpen(directory, held);
      takeAway(file, held, directory);
    }
    throw new AlreadyOpen(directory, read(file) ?? '');
  } finally {
    rmSync(draft, { force: true });
  }
}

class AlreadyOpen extends Error {
  constructor(directory: string, held: string) {
    super(
      `Another Sallyport (process ${held.split(' ')[0] || 'unknown'}) has the data directory ${directory} open. Stop it first, or give this one a directory of its own with SALLYPORT_DATA_DIR.`,
    );
  }
}

/** Moves a stale lock out of the way; if another process made it its own in between, it is put back. */
function takeAway(file: string, stale: string, directory: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = read(aside);
  if (moved !== stale && moved !== undefined && isAlive(moved)) {
    linkSync(aside, file);
    unlinkSync(aside);
    throw new AlreadyOpen(directory, moved);
  }
  unlinkSync(aside);
}

function isAlive(held: string): boolean {
  const [pid, start] = held.trim().split(' ');
  const now = startOf(Number(pid));
  return now !== undefined && now === start;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function releaseIfMine(file: string, mine: string): void {
  if (read(file) === mine) rmSync(file, { force: true });
}
