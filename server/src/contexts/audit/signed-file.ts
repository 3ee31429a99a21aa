import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Signed } from './sequencer.store.ts';

/** Where a node keeps what it signed, for its next start: in its data directory, which does not go back with the database. */
export interface SignedFile {
  readonly path: string;
  /** Told what kept it from being read or written. The log goes on without. */
  readonly onFault: (error: unknown) => void;
}

interface Kept {
  /** Whose log it is: a data directory can be used for another database. */
  readonly installation: string;
  readonly signed: readonly (Omit<Signed, 'root' | 'at'> & { readonly root: string; readonly at: string })[];
}

export async function readSigned(file: SignedFile, installation: string): Promise<readonly Signed[]> {
  try {
    const kept = JSON.parse(await readFile(file.path, 'utf8')) as Kept;
    if (kept.installation !== installation) return [];
    return kept.signed.map((one) => ({ ...one, root: Buffer.from(one.root, 'hex'), at: new Date(one.at) }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') file.onFault(error);
    return [];
  }
}

export async function writeSigned(
  file: SignedFile,
  installation: string,
  signed: readonly Signed[],
): Promise<void> {
  const kept: Kept = {
    installation,
    signed: signed.map((one) => ({ ...one, root: one.root.toString('hex'), at: one.at.toISOString() })),
  };
  const draft = `${file.path}.draft`;
  try {
    await writeFile(draft, `${JSON.stringify(kept)}\n`, { mode: 0o600, flush: true });
    await rename(draft, file.path);
  } catch (error) {
    file.onFault(error);
  }
}
