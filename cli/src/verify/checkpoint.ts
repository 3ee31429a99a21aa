import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';

/** A public key that an auditor keeps: an Ed25519 key, and the name it signs under when that is known. */
export interface VerifierKey {
  readonly name: string | undefined;
  readonly raw: Buffer;
  readonly key: KeyObject;
}

/** A checkpoint whose signature was verified. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  /** When it says it was signed. */
  readonly time: string | undefined;
}

const ED25519 = 0x01;
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Reads `<name>+<hash>+<base64>` (https://c2sp.org/signed-note), or the bare 32 bytes in base64 or hex. */
export function parseVerifierKey(text: string): VerifierKey {
  const trimmed = text.trim();
  const named = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(trimmed);
  if (named !== null) {
    const [, name, id, base64] = named as unknown as [string, string, string, string];
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length !== 33 || bytes[0] !== ED25519 || bytes.toString('base64') !== base64)
      throw new Error('The key is not an Ed25519 key.');
    const raw = bytes.subarray(1);
    if (keyId(name, raw).toString('hex') !== id)
      throw new Error('The key’s hash does not fit its name: it was cut or altered.');
    return { name, raw, key: keyObject(raw) };
  }
  const raw = Buffer.from(trimmed, /^[0-9a-f]{64}$/i.test(trimmed) ? 'hex' : 'base64');
  if (raw.length !== 32)
    throw new Error(
      'What --key gives is no public key, and no file that holds one. It looks like sallyport/…+1a2b3c4d+…, and is shown under Audit log → Verify offline….',
    );
  return { name: undefined, raw, key: keyObject(raw) };
}

/** Verifies the signature and reads the text. Throws, with the reason, when anything is amiss. */
export function openCheckpoint(note: string, by: VerifierKey): Checkpoint {
  const cut = note.lastIndexOf('\n\n');
  if (cut < 0)
    throw new Error('the checkpoint is not whole: it is several lines of text, and the last one is signed');
  const text = note.slice(0, cut + 1);
  const [origin = '', size = '', root = '', ...extensions] = text.slice(0, -1).split('\n');
  if (by.name !== undefined && by.name !== origin)
    throw new Error(`the checkpoint is of another log: ${origin}`);
  const id = keyId(origin, by.raw);
  const signed = note
    .slice(cut + 2)
    .split('\n')
    .map((line) => /^— (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line))
    .filter((line) => line !== null && line[1] === origin)
    .map((line) => Buffer.from(line?.[2] as string, 'base64'))
    .filter((blob) => blob.length === 68 && blob.subarray(0, 4).equals(id));
  if (signed.length === 0) throw new Error('the checkpoint is not signed by this key');
  if (!signed.every((blob) => verify(null, Buffer.from(text, 'utf8'), by.key, blob.subarray(4)))) {
    throw new Error('the checkpoint’s signature is false');
  }
  const rootHash = Buffer.from(root, 'base64');
  if (!/^(0|[1-9]\d{0,14})$/.test(size) || rootHash.length !== 32)
    throw new Error('the checkpoint cannot be read');
  const time = extensions.find((line) => line.startsWith('time '))?.slice(5);
  return { origin, size: Number(size), root: rootHash, time };
}

function keyId(name: string, raw: Buffer): Buffer {
  return hash(
    'sha256',
    Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), raw]),
    'buffer',
  ).subarray(0, 4);
}

function keyObject(raw: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
}
