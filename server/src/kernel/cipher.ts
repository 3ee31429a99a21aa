import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secret } from './secret.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** AES-256-GCM (NIST SP 800-38D) with a fresh random 96-bit nonce: nonce, ciphertext and 128-bit tag, end to end. */
export function encrypt(key: Secret<Buffer>, plaintext: Buffer, aad: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, key.reveal(), nonce, { authTagLength: TAG });
  cipher.setAAD(Buffer.from(aad, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/**
 * In memory of its own: small buffers are cut from a pool, where a key would lie beside what anybody else makes, and keep
 * 64 KB of it alive for as long as it is kept. Throws when the key, the additional data or any bit is another.
 */
export function decrypt(key: Secret<Buffer>, sealed: Buffer, aad: string): Buffer {
  if (sealed.length < NONCE + TAG) throw new Error('too short to be sealed');
  const decipher = createDecipheriv(ALGORITHM, key.reveal(), sealed.subarray(0, NONCE), {
    authTagLength: TAG,
  });
  decipher.setAAD(Buffer.from(aad, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  const plaintext = decipher.update(sealed.subarray(NONCE, sealed.length - TAG));
  // Holds nothing back in this mode; compares the tag.
  decipher.final();
  return plaintext;
}
