import { hash } from 'node:crypto';

/** SHA-256 as 32 bytes. By way of a text: Node makes one of a digest in a third of the time that it takes for a buffer. */
export function sha256(data: string | Buffer): Buffer {
  return Buffer.from(hash('sha256', data, 'binary'), 'latin1');
}
