/** More of them are a text at the most, and in hex nobody reads them. */
const MOST_IN_HEX = 64;
const MOST_AS_TEXT = 1_000;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * What bytes say, which come as base64, where they are few: the text that they are, as in the columns of names that some
 * software keeps as bytes, or a key or a checksum in hex, such as `0x0aff`. Null of others, and of what is none.
 */
export function shownBytes(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const { base64, bytes } = value as { base64?: unknown; bytes?: unknown };
  if (typeof base64 !== 'string' || typeof bytes !== 'number') return null;
  if (bytes < 1 || bytes > MOST_AS_TEXT) return null;
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    return null;
  }
  const all = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  return readable(all) ?? (all.length > MOST_IN_HEX ? null : `0x${hex(all)}`);
}

/** A text without anything that is not seen; null where the bytes are none. */
function readable(bytes: Uint8Array): string | null {
  try {
    const text = utf8.decode(bytes);
    return /[^\P{Cc}\n\r\t]|\p{Cn}|\p{Co}/u.test(text) ? null : text;
  } catch {
    return null;
  }
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
