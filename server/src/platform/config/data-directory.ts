import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes the data directory, for its owner alone. Where that cannot be, says so in a sentence. */
export function makeDataDirectory(path: string): void {
  try {
    make(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `The data directory ${path} cannot be made (${code}). Set SALLYPORT_DATA_DIR to a folder that this user may write to.`,
    );
  }
}

/** Not Node's own recursion: that never ends where the parent is there and a child still cannot be, as below /proc. */
function make(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  const parent = dirname(path);
  if (!existsSync(parent)) make(parent);
  mkdirSync(path, { mode: 0o700 });
}
