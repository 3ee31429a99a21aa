import { accessSync, constants, existsSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CannotStart } from '../lifecycle/cannot-start.ts';

/**
 * Makes the data directory, for its owner alone. Where that cannot be, it cannot be written, or is somebody else's, says so
 * in a sentence.
 */
export function makeDataDirectory(path: string): void {
  orSay(`The data directory ${path} cannot be created`, () => make(path));
  // Root is no stranger, and can do it anyway.
  const { uid } = statSync(path);
  if (process.getuid !== undefined && uid !== process.getuid() && uid !== 0)
    throw new CannotStart(
      `The data directory ${path} belongs to another user (${uid}), who could put a root key or data there. Run Sallyport as that user. If it is always to run as this one, run: chown -R ${process.getuid()} ${path}`,
    );
  // Made by another user, or on a file system that is read only: told here, and not by whatever writes first.
  orSay(`The data directory ${path} is not writable`, () =>
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK),
  );
}

/** Of a directory that is taken, and where others could put a root key or data of theirs; undefined when they cannot. */
export function dataDirectoryDoubt(path: string): string | undefined {
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o022) === 0) return undefined;
  return `Others on this machine can write to the data directory ${path} (mode ${mode.toString(8)}), and could plant a root key or data there. Run: chmod go-w ${path}`;
}

function orSay(sentence: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new CannotStart(
      `${sentence} (${code}). Set SALLYPORT_DATA_DIR to a directory that this user can write to.`,
    );
  }
}

/** Not Node's own recursion: that never ends where the parent is there and a child still cannot be, as below /proc. */
function make(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  make(dirname(path));
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined)
    throw new CannotStart(
      `The data directory cannot be created: ${path} is a file, or a link that leads nowhere. Remove it, or set SALLYPORT_DATA_DIR to a directory.`,
    );
  mkdirSync(path, { mode: 0o700 });
}
