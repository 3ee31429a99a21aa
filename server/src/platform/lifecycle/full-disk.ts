import { statfsSync } from 'node:fs';
import { CannotStart } from './cannot-start.ts';

/** Of a file system, and of a quota on one. */
const FULL_HERE = new Set<unknown>(['ENOSPC', 'EDQUOT']);
/** PostgreSQL's `disk_full`. */
const FULL_THERE = '53100';
const FULL_IN_WORDS = /No space left on device|Disk quota exceeded|Check free disk space/;
/** PostgreSQL takes room for its log of changes in steps of 16 MB, and ends when it gets none. */
const LEAST_BYTES = 32 * 2 ** 20;

/** Whether too little is left for PostgreSQL to go on writing. */
export function isDiskFull(directory: string): boolean {
  return freeBytes(directory) < LEAST_BYTES;
}

/** What ended a start, as a sentence when it was a full disk; otherwise as it was. */
export function sayFullDisk(
  error: unknown,
  disks: { readonly dataDirectory: string; readonly embedded: boolean },
): unknown {
  const { dataDirectory, embedded } = disks;
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code } = one as NodeJS.ErrnoException;
    if (code === FULL_THERE && !embedded)
      return new CannotStart('The disk of the PostgreSQL at DATABASE_URL is full. Free some space on it.', {
        cause: error,
        mayPass: true,
      });
    if (FULL_HERE.has(code) || code === FULL_THERE || (embedded && FULL_IN_WORDS.test(one.message)))
      return full(dataDirectory, error);
  }
  // PostgreSQL ends without a word to its clients when it cannot write its log of changes.
  return embedded && !(error instanceof CannotStart) && isDiskFull(dataDirectory)
    ? full(dataDirectory, error)
    : error;
}

function full(dataDirectory: string, cause: unknown): CannotStart {
  const megabytes = Math.floor(freeBytes(dataDirectory) / 2 ** 20);
  // A file system may run out of files before it runs out of bytes; some count none.
  const { files, ffree } = statfsSync(dataDirectory);
  const left = files === 0 ? `${megabytes} MB` : `${megabytes} MB and ${ffree} files (inodes)`;
  return new CannotStart(
    `The disk of the data directory ${dataDirectory} is almost full: ${left} are left. A first start needs about 100 MB and 1,500 files. Free some space.`,
    { cause, mayPass: true },
  );
}

function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}
