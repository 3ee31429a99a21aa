import { hkdfSync } from 'node:crypto';
import { decrypt, encrypt } from '../../kernel/cipher.ts';
import { Secret } from '../../kernel/secret.ts';

/**
 * What stands above every data key. Needs no database, since the passwords of the database's own roles come from it.
 * A key-management service is another implementation: its `wrap` and `unwrap` are calls to it.
 */
export interface RootKey {
  /** Tells root keys apart; says nothing about the key. */
  readonly id: string;
  /** The `id` of the key whose place it took at this start. */
  readonly replaced?: string;
  /** `context` must be the same at `unwrap`, so that one wrapped key cannot stand in another's place. */
  wrap(plaintext: Secret<Buffer>, context: string): Promise<Buffer>;
  /** Throws when it was wrapped by another key, for another context, or altered. */
  unwrap(wrapped: Buffer, context: string): Promise<Secret<Buffer>>;
  /** 32 bytes for one purpose, always the same (HKDF-SHA-256, RFC 5869). */
  deriveKey(purpose: string): Secret<Buffer>;
}

/** A root key of 32 bytes held in memory. */
export function localRootKey(bytes: Secret<Buffer>): RootKey {
  if (bytes.reveal().length !== 32) throw new Error('A root key has 32 bytes.');
  const derive = (info: string) =>
    new Secret(Buffer.from(hkdfSync('sha256', bytes.reveal(), '', `sallyport/${info}`, 32)));
  const wrapping = derive('wrap');
  return {
    id: derive('id').reveal().toString('hex').slice(0, 16),
    wrap: async (plaintext, context) => encrypt(wrapping, plaintext.reveal(), context),
    unwrap: async (wrapped, context) => new Secret(decrypt(wrapping, wrapped, context)),
    deriveKey: (purpose) => derive(`derive/${purpose}`),
  };
}
