import type pg from 'pg';
import type { Secret } from '../../kernel/secret.ts';
import { withClient } from '../../platform/db/with-client.ts';
import { CannotStart } from '../../platform/lifecycle/cannot-start.ts';
import { type RewrapOwn, replaceRootKey } from './replace-root-key.ts';
import { localRootKey, type RootKey } from './root-key.ts';
import { createRootKeyFile, readRootKeyFile } from './root-key-file.ts';
import { parseRootKey } from './root-key-text.ts';
import { readRoot, verifierMatches } from './root-verifier.ts';

export interface RootKeyPlace {
  /** `SALLYPORT_ROOT_KEY`; then the file is not looked at. */
  readonly given: Secret | undefined;
  /** Where the key is kept otherwise, such as `<data directory>/root.key`. */
  readonly file: string;
  /** The owner's connection to the database, which may still be empty. */
  readonly owner: pg.ClientConfig;
  /** The key that `given` or the file's takes over from: everything under it is wrapped anew, once. */
  readonly previous?: Secret | undefined;
  /** What else is kept under the root key itself. */
  readonly others?: readonly RewrapOwn[];
}

/**
 * The root key of this installation, before migration and before the roles can sign in. Makes a new one only when there
 * is none and the database is empty. Throws, with a sentence for the operator, when the key is missing beside existing
 * data or is not the one that the data was sealed with. When `previous` is that one, the new key takes its place.
 */
export async function openRootKey(place: RootKeyPlace): Promise<RootKey> {
  const { given, file, owner, previous, others = [] } = place;
  return withClient(owner, async (client) => {
    const known = await readRoot(client);
    const where = given === undefined ? `The root key file ${file}` : 'SALLYPORT_ROOT_KEY';
    const bytes =
      given === undefined ? await readRootKeyFile(file) : parseRootKey(given, 'SALLYPORT_ROOT_KEY');
    if (bytes === undefined && known.state !== 'empty') {
      throw new CannotStart(
        `${where} is missing, but the database already holds data. Restore the key from your backup; without it, encrypted credentials cannot be decrypted. A new key is never created next to existing data.`,
      );
    }
    const root = localRootKey(bytes ?? (await createRootKeyFile(file)));
    if (known.state !== 'keyed' || (await verifierMatches(root, known.verifier))) return root;
    const before =
      previous === undefined
        ? undefined
        : localRootKey(parseRootKey(previous, 'SALLYPORT_ROOT_KEY_PREVIOUS'));
    if (before === undefined || !(await verifierMatches(before, known.verifier))) {
      throw new CannotStart(
        `${where} is not the key that this database was encrypted with (it expects ${known.rootKeyId}, this is ${root.id}${before === undefined ? '' : `, and SALLYPORT_ROOT_KEY_PREVIOUS is ${before.id}`}). Nothing was changed. Restore the right key.`,
      );
    }
    await replaceRootKey(client, before, root, others);
    return { ...root, replaced: before.id };
  });
}
