import { randomFresh } from './random-pool.ts';

declare const brand: unique symbol;
/** A string that only the owner of `B` may mint; keeps a source's id from being passed as an app's. */
export type Branded<B extends string> = string & { readonly [brand]: B };

export type OrganizationId = Branded<'organization'>;
export type PersonId = Branded<'person'>;
export type SessionId = Branded<'session'>;
export type SourceId = Branded<'source'>;
export type AppId = Branded<'app'>;
export type RunId = Branded<'run'>;
/** The SHA-256 (64 hex digits) that is a release's identity (Q9). */
export type ReleaseHash = Branded<'release'>;

/** The organization whose log holds what happens before anybody's organization is known: set-up, unknown sign-ins. */
export const INSTALLATION = '00000000-0000-0000-0000-000000000000' as OrganizationId;

/** A new UUID version 7 (RFC 9562): time-ordered, so that primary keys append. */
export function newId<T extends string>(now: number = Date.now()): T {
  const bytes = randomFresh(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as T;
}
