/** Beside those of ASCII, the letters that the parser takes in a name without backticks. */
const KNOWN = /[\u00c0-\u017f\u4e00-\u9fa5]/;
const LETTER = /[\p{L}\p{M}\p{N}]/u;
const FIRST = 0x4e00;

/** A text as the parser can read it, and the way back for what it says of it. */
export interface Readable {
  readonly text: string;
  restore<T>(said: T): T;
}

/**
 * MySQL takes the letters of every script in a name (`select имя from таблица`), and the parser a few of them. Each other one is
 * written as a letter that it knows and that stands nowhere in the text.
 */
export function readable(text: string): Readable {
  const known = new Map<string, string>();
  const all = new Set(text);
  let next = FIRST;
  for (const letter of all) {
    if (letter < '\u0080' || letter.length > 1 || KNOWN.test(letter) || !LETTER.test(letter)) continue;
    while (all.has(String.fromCharCode(next))) next++;
    known.set(letter, String.fromCharCode(next++));
  }
  if (known.size === 0) return { text, restore: (said) => said };
  const foreign = new Map([...known].map(([letter, stand]) => [stand, letter]));
  return { text: mapped(text, known), restore: (said) => restored(said, foreign) };
}

const mapped = (text: string, letters: ReadonlyMap<string, string>): string =>
  Array.from(text, (letter) => letters.get(letter) ?? letter).join('');

function restored<T>(said: T, letters: ReadonlyMap<string, string>): T {
  if (typeof said === 'string') return mapped(said, letters) as T;
  if (Array.isArray(said)) return said.map((one) => restored(one, letters)) as T;
  if (typeof said !== 'object' || said === null) return said;
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => [name, restored(value, letters)]),
  ) as T;
}
