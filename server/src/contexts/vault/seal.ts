import { decrypt, encrypt } from '../../kernel/cipher.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { DataKey, DataKeys } from './data-keys.ts';
import {
  additionalData,
  readSealed,
  type SealedPlace,
  type SealedValue,
  writeSealed,
} from './sealed-value.ts';

export async function seal(
  keys: DataKeys,
  tx: Tx,
  place: SealedPlace,
  plaintext: Secret,
): Promise<SealedValue> {
  return sealUnder(await keys.active(tx, place.organization), place, plaintext);
}

export function sealUnder(key: DataKey, place: SealedPlace, plaintext: Secret): SealedValue {
  const box = encrypt(key.key, Buffer.from(plaintext.reveal(), 'utf8'), additionalData(key.id, place));
  return writeSealed(key.id, box);
}

type Opened =
  | { readonly opened: true; readonly plaintext: Secret }
  /** `reason` names the class of damage; it never quotes the value. */
  | { readonly opened: false; readonly reason: 'malformed' | 'unknown_key' | 'not_of_this_place' };

/** Opens a value, or says why it cannot be: the tag covers the place, so a moved, older or cut value fails. */
export async function unseal(keys: DataKeys, tx: Tx, place: SealedPlace, sealed: string): Promise<Opened> {
  const parts = readSealed(sealed);
  if (parts === undefined) return { opened: false, reason: 'malformed' };
  const key = await keys.byId(tx, place.organization, parts.keyId);
  if (key === undefined) return { opened: false, reason: 'unknown_key' };
  try {
    const plaintext = decrypt(key.key, parts.box, additionalData(key.id, place));
    return { opened: true, plaintext: new Secret(plaintext.toString('utf8')) };
  } catch {
    return { opened: false, reason: 'not_of_this_place' };
  }
}
