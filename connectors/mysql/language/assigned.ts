import type { Understood } from './grammar.ts';
import type { Word } from './words.ts';

/** The names that a statement assigns to, and where they stand: there, nothing is read. */
export interface Assigned {
  readonly names: readonly { readonly name: string; readonly qualifier: string | null }[];
  readonly places: ReadonlySet<number>;
  /** An INSERT says which columns it fills. */
  readonly listed: boolean;
}

/** Finds `set a = …, b = …`, `on duplicate key update a = …` and the list of columns of an INSERT. */
export function assignedNames(words: readonly Word[], kind: Understood['kind']): Assigned {
  const names: { name: string; qualifier: string | null }[] = [];
  const places = new Set<number>();
  let listed = false;
  if (kind === 'select' || kind === 'delete') return { names, places, listed };
  const take = (i: number, reads = false): void => {
    const word = words[i];
    if (word?.kind !== 'name') return;
    names.push(word);
    if (!reads) places.add(i);
  };
  let depth = 0;
  let setting = false;
  let duplicate = false;
  words.forEach((word, i) => {
    const name = word.kind === 'star' ? '*' : word.name;
    if (word.kind === 'symbol' && name === '(') depth += 1;
    if (word.kind === 'symbol' && name === ')') depth -= 1;
    if (depth !== 0) return;
    const begins =
      isWord(words[i - 1], 'set') || (isWord(words[i - 1], 'update') && isWord(words[i - 2], 'key'));
    if (begins) {
      setting = true;
      // The server asks for the right to read what ON DUPLICATE KEY UPDATE assigns to.
      duplicate = isWord(words[i - 1], 'update');
    }
    if (begins && kind !== 'update' && isWord(words[i - 1], 'set')) listed = true;
    if (['where', 'limit', 'order', 'returning', 'select'].some((end) => isWord(word, end))) setting = false;
    const target = setting && (begins || isSymbol(words[i - 1], ','));
    if (target) {
      const end = nameEnd(words, i);
      if (isSymbol(words[end + 1], '=')) take(end, duplicate);
    }
  });
  const list = kind === 'update' ? null : columnList(words);
  for (const place of list ?? []) take(place);
  return { names, places, listed: listed || list !== null };
}

const isWord = (word: Word | undefined, name: string): boolean =>
  (word?.kind === 'other' || (word?.kind === 'name' && !word.certain)) && word.name === name;
const isSymbol = (word: Word | undefined, name: string): boolean =>
  word?.kind === 'symbol' && word.name === name;

/** The place of `c` in `a.b.c` that begins here. */
function nameEnd(words: readonly Word[], start: number): number {
  let end = start;
  while (isSymbol(words[end + 1], '.') && words[end + 2] !== undefined) end += 2;
  return end;
}

/** `insert into t (a, b) …`: the places of its names; null when the first parenthesis is another's. */
function columnList(words: readonly Word[]): readonly number[] | null {
  const open = words.findIndex((word) => isSymbol(word, '('));
  const before = words.slice(0, open);
  if (
    open === -1 ||
    ['values', 'value', 'select', 'set'].some((name) => before.some((word) => isWord(word, name)))
  ) {
    return null;
  }
  const close = words.findIndex((word, i) => i > open && isSymbol(word, ')'));
  const inside = words.slice(open + 1, close);
  const plain = inside.every((word) => word.kind === 'name' || isSymbol(word, ',') || isSymbol(word, '.'));
  const query = ['select', 'with', 'table'].some((name) => isWord(inside[0], name));
  if (!plain || query) return null;
  return inside.flatMap((word, i) =>
    word.kind === 'name' && !isSymbol(inside[i + 1], '.') ? [open + 1 + i] : [],
  );
}
