import type { Branded, OrganizationId } from '../../kernel/ids.ts';

/** A sealed value as it is kept in one text column: format version, data key, then nonce, ciphertext and tag. */
export type SealedValue = Branded<'sealed'>;

/** Where a sealed value stands. It opens there and nowhere else; `version` makes an older value of the same row useless. */
export interface SealedPlace {
  readonly organization: OrganizationId;
  readonly table: string;
  readonly row: string;
  readonly field: string;
  /** The version of the record; it rises whenever the field is sealed anew by its owner. */
  readonly version: number;
}

const FORMAT = 'v1';
const SHAPE = /^v1\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([A-Za-z0-9_-]{38,})$/;

export function writeSealed(keyId: string, box: Buffer): SealedValue {
  return `${FORMAT}.${keyId}.${box.toString('base64url')}` as SealedValue;
}

/** `undefined` when it is not of this form, byte for byte. */
export function readSealed(value: string): { keyId: string; box: Buffer } | undefined {
  const [, keyId, text] = SHAPE.exec(value) ?? [];
  if (keyId === undefined || text === undefined) return undefined;
  const box = Buffer.from(text, 'base64url');
  return box.toString('base64url') === text ? { keyId, box } : undefined;
}

/** What the tag covers beside the ciphertext. As JSON, so that no two places share a text. */
export function additionalData(keyId: string, place: SealedPlace): string {
  return JSON.stringify([
    FORMAT,
    keyId,
    place.organization,
    place.table,
    place.row,
    place.field,
    place.version,
  ]);
}
