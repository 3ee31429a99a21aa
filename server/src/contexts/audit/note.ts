import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { sha256 } from '../../kernel/sha256.ts';

/** An Ed25519 key that signs under a name: https://c2sp.org/signed-note. */
export interface NoteSigner {
  readonly privateKey: KeyObject;
  readonly publicKey: Buffer;
}

const ED25519 = 0x01;

/** The first four bytes of SHA-256(name ‖ LF ‖ 0x01 ‖ public key), which tell keys of one name apart. */
export function keyHash(name: string, publicKey: Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Buffer.of(ED25519), publicKey]);
  return sha256(bytes).subarray(0, 4);
}

/** The verifier key as one line: name, key hash and key. This is what an auditor keeps. */
export function verifierKey(name: string, publicKey: Buffer): string {
  const key = Buffer.concat([Buffer.of(ED25519), publicKey]).toString('base64');
  return `${name}+${keyHash(name, publicKey).toString('hex')}+${key}`;
}

/** Text, an empty line, and one signature line. `text` ends with a line feed. */
export function signNote(text: string, name: string, signer: NoteSigner): string {
  const signature = sign(null, Buffer.from(text, 'utf8'), signer.privateKey);
  const blob = Buffer.concat([keyHash(name, signer.publicKey), signature]).toString('base64');
  return `${text}\n— ${name} ${blob}\n`;
}

/** The 32 bytes of an Ed25519 public key. */
export function rawPublicKey(key: KeyObject): Buffer {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.from(x as string, 'base64url');
}
