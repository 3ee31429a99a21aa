import { Uncompilable } from '../language.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is refused
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * Refuses what could hide a part of a statement or a request where it is reviewed. PostgreSQL's grammar cannot tell of them,
 * and ends at U+0000: it would read less than is sent.
 */
export function refuseControl(text: string, path: string): void {
  const at = text.search(CONTROL);
  if (at === -1) return;
  const code = text.charCodeAt(at).toString(16).padStart(4, '0').toUpperCase();
  throw new Uncompilable({
    path,
    at,
    length: 1,
    message: `The control character U+${code} is not allowed here. Pass it in an argument instead.`,
  });
}
