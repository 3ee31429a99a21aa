import { hash } from 'node:crypto';

const BLOCK = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/**
 * HMAC-SHA-256 (RFC 2104) under a key of at most 64 bytes, in hex. Node's own builds a key object for each call, which
 * costs ten times the hashing; this stands on the road of every run.
 */
export function commitment(key: Buffer, message: string): string {
  const length = Buffer.byteLength(message);
  const inner = Buffer.allocUnsafe(BLOCK + length);
  const outer = Buffer.allocUnsafe(BLOCK + 32);
  for (let i = 0; i < BLOCK; i++) {
    const byte = i < key.length ? (key[i] as number) : 0;
    inner[i] = byte ^ INNER;
    outer[i] = byte ^ OUTER;
  }
  inner.write(message, BLOCK, 'utf8');
  // A digest comes as a text of bytes in a third of the time that it takes as a buffer.
  outer.write(hash('sha256', inner, 'binary'), BLOCK, 'latin1');
  return hash('sha256', outer, 'hex');
}
