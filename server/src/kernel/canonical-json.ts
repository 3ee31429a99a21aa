import { createHash } from 'node:crypto';

/**
 * Canonical JSON (RFC 8785): members sorted by UTF-16 code units, no white space, numbers and strings as ECMAScript
 * writes them. The same value is the same bytes, so its hash is its identity. Members that are `undefined` are absent.
 */
export function canonicalJson(value: unknown): string {
  // Most of what is written so was put together in order: the engine's own writer then gives the same text, in a third of the time.
  return isInOrder(value) ? JSON.stringify(value) : inOrder(value);
}

function inOrder(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('JSON has no such number');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => inOrder(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    const members = value as Readonly<Record<string, unknown>>;
    let text = '';
    for (const name of Object.keys(members).sort()) {
      const member = members[name];
      if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${inOrder(member)}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(`JSON has no ${typeof value}`);
}

/** Whether `JSON.stringify` writes the value canonically: all members sorted, nothing that it would leave out, convert or call. */
function isInOrder(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) {
    for (const item of value) if (!isInOrder(item)) return false;
    return true;
  }
  const members = value as Readonly<Record<string, unknown>>;
  if (members.toJSON !== undefined) return false;
  let last = '';
  for (const name in members) {
    // The first letter tells mostly, and for less than the whole name.
    const later = name.charCodeAt(0) > last.charCodeAt(0) || name > last;
    if (!later || !isInOrder(members[name])) return false;
    last = name;
  }
  return true;
}

/** SHA-256 of the canonical JSON, 64 hex digits. */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
