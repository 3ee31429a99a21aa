import { Secret } from '../../kernel/secret.ts';
import { CannotStart } from '../../platform/lifecycle/cannot-start.ts';

/**
 * Reads a root key from text: 32 bytes in base64 or hexadecimal. Refuses what is visibly no random key (a passphrase, a pattern),
 * since every credential would hang on it.
 */
export function parseRootKey(text: Secret, where: string): Secret<Buffer> {
  const trimmed = text.reveal().trim();
  const hex = /^[0-9a-f]{64}$/i.test(trimmed);
  const bytes = Buffer.from(trimmed, hex ? 'hex' : 'base64');
  const unpadded = (base64: string) => base64.replace(/(?<!=)=+$/, '');
  if (bytes.length !== 32 || (!hex && unpadded(bytes.toString('base64')) !== unpadded(trimmed))) {
    throw new CannotStart(
      `${where} is not a root key: it must be 32 bytes in base64 or hexadecimal. Restore the right one from your backup; only if there is no data yet, create one: openssl rand -base64 32`,
    );
  }
  if (isPattern(bytes)) {
    throw new CannotStart(
      `${where} is too weak to be a root key: it looks like a pattern or a passphrase. Create one with: openssl rand -base64 32`,
    );
  }
  return new Secret(bytes);
}

/** Each of these is true of a random key less often than once in 10¹². */
function isPattern(bytes: Buffer): boolean {
  if (new Set(bytes).size < 16) return true;
  if (bytes.every((byte) => byte >= 0x20 && byte <= 0x7e)) return true;
  const step = (bytes[1]! - bytes[0]!) & 0xff;
  return bytes.every((byte, i) => i === 0 || ((byte - bytes[i - 1]!) & 0xff) === step);
}
