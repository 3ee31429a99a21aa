import { hash } from 'node:crypto';
import { sha256 } from './sha256.ts';

const BLOCK = 64;
const outer = Buffer.alloc(BLOCK + 32);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What an opening turned out to be, beside the leaf's commitments. */
export type OpeningState = 'opened' | 'erased' | 'altered';

/**
 * Checks that the personal fields shown beside a leaf are those that were committed to when it was recorded: for each
 * group, HMAC-SHA-256 keyed by the salt over the group's name, a zero byte and its fields as canonical JSON (RFC 8785).
 */
export function checkOpening(commitments: unknown, opening: unknown): OpeningState {
  if (!isObject(commitments)) return 'altered';
  if (opening === null) return 'erased';
  if (!isObject(opening)) return 'altered';
  for (const group of Object.keys(opening)) {
    const given = opening[group];
    if (!Array.isArray(given) || given.length !== 2 || typeof given[0] !== 'string') return 'altered';
    const salt = Buffer.from(given[0], 'base64url');
    // Other letters that mean the same bytes are not what was recorded.
    if (salt.toString('base64url') !== given[0]) return 'altered';
    const expected = hmac(salt, `${group}\0${canonical(given[1] as Json)}`);
    if (commitments[group] !== expected) return 'altered';
  }
  return Object.keys(opening).length < Object.keys(commitments).length ? 'erased' : 'opened';
}

/** HMAC-SHA-256 (RFC 2104), in hex; by hand, since Node's own takes twenty microseconds to build its key. */
function hmac(given: Buffer, message: string): string {
  const key = given.length > BLOCK ? sha256(given) : given;
  const inner = Buffer.allocUnsafe(BLOCK + Buffer.byteLength(message));
  for (let i = 0; i < BLOCK; i++) {
    const byte = key[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  inner.write(message, BLOCK, 'utf8');
  outer.set(sha256(inner), BLOCK);
  return hash('sha256', outer, 'hex');
}

function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`).join(',')}}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
