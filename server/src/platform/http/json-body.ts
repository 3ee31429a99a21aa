import { isUtf8 } from 'node:buffer';
import type { Refusal } from '../../kernel/refusal.ts';
import { refuse } from './refusals.ts';

const DEEPEST = 64;

/** JSON between systems is UTF-8 (RFC 8259); a body that says otherwise is not read as if it had not. */
export function assertUtf8(contentType: string | undefined): void {
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw refuse('media_type_unsupported');
}

/** Nothing is unpacked: a small body could be a large one. */
export function assertPlain(contentEncoding: string | undefined): void {
  if (!/^(identity)?$/i.test(contentEncoding ?? '')) throw refuse('media_type_unsupported');
}

/** A part of a thing is not the thing: kept as the whole, the rest of it would be lost (RFC 9110, 14.5). */
export function assertWhole(contentRange: unknown): void {
  if (contentRange === undefined) return;
  const message = 'Partial bodies are not supported. Send the whole body without Content-Range.';
  throw refuse('input_invalid', { places: [{ message }] });
}

/** A body in another encoding is refused: read as UTF-8, its letters would become question marks and be kept so. */
export function readUtf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw refuse('json_invalid');
  return bytes.toString('utf8');
}

/**
 * Refuses, before it is parsed, JSON that is nested deeper than anything the contract has (recursive readers further on
 * would overflow the stack) or whose texts no database can hold. Counts brackets outside strings, and answers how many
 * colons there are: a member has one each.
 */
export function assertShallow(text: string): number {
  let depth = 0;
  let members = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i += escapeAt(text, i) - 1;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) {
      if (++depth > DEEPEST) throw refuse('json_too_deep', { values: { limit: DEEPEST } });
    } else if (c === 0x5d || c === 0x7d) depth--;
    else if (c === 0x3a) members++;
  }
  return members;
}

/**
 * The refusal of JSON in which an object has two members of one name (RFC 7493, 2.3): fewer are left than were written. The
 * last of them would count here, and the first perhaps where somebody else checked or recorded what was sent.
 */
export function repetition(parsed: unknown, members: number): Refusal | null {
  if (countMembers(parsed) === members) return null;
  return refuse('input_invalid', { places: [{ message: 'An object names one of its members twice.' }] });
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += countMembers(item);
  else for (const key in value) count += 1 + countMembers((value as Record<string, unknown>)[key]);
  return count;
}

/**
 * How many characters the escape takes. PostgreSQL's text and jsonb have neither U+0000 nor half a surrogate pair: both
 * can come only as escapes, and are refused here once instead of failing in every statement.
 */
function escapeAt(text: string, at: number): number {
  if (text.charCodeAt(at + 1) !== 0x75) return 2;
  const code = Number.parseInt(text.slice(at + 2, at + 6), 16);
  if (code === 0) throw unstorable('U+0000');
  if (code < 0xd800 || code > 0xdfff) return 2;
  const next = /^\\u(d[c-f][0-9a-f]{2})/i.test(text.slice(at + 6, at + 12));
  if (code > 0xdbff || !next) throw unstorable('half of a surrogate pair');
  return 12;
}

function unstorable(what: string) {
  return refuse('input_invalid', { places: [{ message: `A text holds ${what}, which is no character.` }] });
}
