import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import { isListening, showLife } from './life-sign.ts';
import { startOf } from './process-identity.ts';

/** Held while this process has the data directory open. */
export interface OpenerLock {
  release(): void;
}

export interface OpenerPlace {
  /** Names who has it open: process, moment of its start and, on Linux, the socket that shows its life. */
  readonly file: string;
  /** The file's directory, by a path that is short enough for a socket; null where containers do not share directories. */
  readonly sockets: string | null;
  /** What a sentence for the operator names: the whole data directory. */
  readonly dataDirectory: string;
}

/**
 * Makes this process the only one that has a data directory open, also among containers that share it. A lock that a
 * killed process left behind is taken over: numbers are used again but moments are not, and its socket answers no more.
 */
export async function takeOpenerLock(place: OpenerPlace): Promise<OpenerLock> {
  const { file, sockets } = place;
  const sign = sockets === null ? undefined : await showLife(sockets);
  const mine = `${[process.pid, startOf(process.pid), ...(sign === undefined ? [] : [sign.name])].join(' ')}\n`;
  try {
    await take(place, mine);
  } catch (error) {
    sign?.end();
    throw error;
  }
  return {
    release: () => {
      releaseIfMine(file, mine);
      sign?.end();
    },
  };
}

async function take(place: OpenerPlace, mine: string): Promise<void> {
  const { file, dataDirectory } = place;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    // Twice for a stale lock; more only when several processes take one over at the same moment.
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(draft, file);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const held = read(file);
      if (held === undefined) continue;
      if (await isAlive(held, place)) throw new AlreadyOpen(dataDirectory, held);
      await takeAway(place, held);
    }
    throw new AlreadyOpen(dataDirectory, read(file) ?? '');
  } finally {
    rmSync(draft, { force: true });
  }
}

class AlreadyOpen extends CannotStart {
  constructor(directory: string, held: string) {
    super(
      `Another Sallyport (process ${held.split(' ')[0] || 'unknown'}) has the data directory ${directory} open. Stop it first, or give this one a directory of its own with SALLYPORT_DATA_DIR.`,
    );
  }
}

/** Moves a stale lock out of the way; if another process made it its own in between, it is put back. */
async function takeAway(place: OpenerPlace, stale: string): Promise<void> {
  const { file, dataDirectory } = place;
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = read(aside);
  if (moved !== stale && moved !== undefined && (await isAlive(moved, place))) {
    linkSync(aside, file);
    unlinkSync(aside);
    throw new AlreadyOpen(dataDirectory, moved);
  }
  unlinkSync(aside);
  const socket = socketIn(stale);
  if (socket !== undefined) rmSync(join(dirname(file), socket), { force: true });
}

async function isAlive(held: string, { sockets }: OpenerPlace): Promise<boolean> {
  const [pid, start] = held.trim().split(' ');
  const now = startOf(Number(pid));
  if (now !== undefined && now === start) return true;
  const socket = socketIn(held);
  return sockets !== null && socket !== undefined && (await isListening(`${sockets}/${socket}`));
}

/** Ours by its form: what the file says is removed when it is stale. */
function socketIn(held: string): string | undefined {
  const name = held.trim().split(' ')[2];
  return name !== undefined && /^opened-by\.[0-9a-f]{12}$/.test(name) ? name : undefined;
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
