import type { OrganizationId } from '../../kernel/ids.ts';
import { type NoteSigner, signNote } from './note.ts';

/** The name of one organization's log, and of the key in its checkpoints. */
export function originOf(installation: string, organization: OrganizationId): string {
  return `${installation}/${organization}`;
}

/**
 * A checkpoint (https://c2sp.org/tlog-checkpoint): origin, size and root, and as an extension line the time of signing,
 * so that an old checkpoint passed off as the newest shows its age.
 */
export function signCheckpoint(
  origin: string,
  tree: { readonly size: number; readonly root: Buffer; readonly at: number },
  signer: NoteSigner,
): string {
  const lines = [
    origin,
    String(tree.size),
    tree.root.toString('base64'),
    `time ${new Date(tree.at).toISOString()}`,
  ];
  return signNote(`${lines.join('\n')}\n`, origin, signer);
}
