import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NOBODY = 65_534;

/** Databases refuse to run as root; for them, root becomes nobody. Spread it into the options of `spawn`. */
export const unprivileged: { uid?: number; gid?: number } =
  process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** An empty directory that a server started with `unprivileged` owns. */
export function temporaryDirectory(name: string): string {
  const path = mkdtempSync(join(tmpdir(), `sallyport-${name}-`));
  if (unprivileged.uid !== undefined) chownSync(path, unprivileged.uid, unprivileged.gid ?? NOBODY);
  return path;
}
