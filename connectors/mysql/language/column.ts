import type { SqlToken } from '../../language/sql-token.ts';

const COMPARES = new Set(['=', '<', '>', '!']);

/** What cannot stand in the first value of a BETWEEN without parentheses: an AND behind it is of something else. */
const PARTS = new Set(['and', 'or', 'xor', '&', '|', 'where', 'on', 'having', 'when', 'then', 'select', ',']);

/** What stands before a condition, and what may stand behind one. */
const BEFORE = new Set(['where', 'on', 'having', 'and', 'or', 'xor', 'not', 'when', '(']);
const BEHIND = new Set([
  '',
  ')',
  'and',
  'or',
  'xor',
  'then',
  'group',
  'having',
  'order',
  'limit',
  'union',
  'for',
]);

type Read<T> = (i: number) => T;

/**
 * The column that a hole stands beside: `a.id = {{ x }}`, `{{ x }} = a.id`, `id in ({{ ids }})`, `id in ({{ x }}, {{ y }})`,
 * `id between {{ x }} and {{ y }}`, `set id = {{ x }}`, or its place in `insert into t (a, b) values ({{ x }}, {{ y }})`.
 * MySQL infers no types of values; the column's proposes one.
 */
export function columnMysql(text: string, tokens: readonly SqlToken[], at: number): string | null {
  const solid = tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment');
  const word = (i: number): string => {
    const token = solid[i];
    return token === undefined ? '' : text.slice(token.at, token.end).toLowerCase();
  };
  const name = (i: number): string | null => {
    const token = solid[i];
    if (token?.kind !== 'word' && token?.kind !== 'quoted') return null;
    const raw = text.slice(token.at, token.end);
    return token.kind === 'quoted' ? raw.slice(1, -1).replaceAll('``', '`') : raw;
  };
  const hole = solid.findIndex((token) => token.at === at);
  let i = hole - 1;
  if (COMPARES.has(word(i))) {
    while (COMPARES.has(word(i))) i--;
    return name(i);
  }
  for (const operator of [inOf(hole, word), betweenOf(hole, word)])
    if (operator !== -1) return name(word(operator - 1) === 'not' ? operator - 2 : operator - 1);
  return following(hole, word, name) ?? inserted(hole, word, name);
}

/** The place of the IN in whose list the hole is a value, or begins one; -1 when it is none. */
function inOf(hole: number, word: Read<string>): number {
  if (word(hole - 1) !== '(' && word(hole - 1) !== ',') return -1;
  let depth = 0;
  for (let i = hole - 1; i > 0; i--) {
    if (word(i) === ')') depth++;
    else if (word(i) === '(' && depth-- === 0)
      return word(i - 1) === 'in' && !['select', 'with'].includes(word(i + 1)) ? i - 1 : -1;
  }
  return -1;
}

/** The column in `{{ x }} <= at` and `{{ x }} between at and …`, where nothing is done to it. */
function following(hole: number, word: Read<string>, name: Read<string | null>): string | null {
  if (!BEFORE.has(word(hole - 1))) return null;
  let i = hole + 1;
  if (word(i) === 'not') i++;
  if (word(i) === 'between') i++;
  else if (COMPARES.has(word(i))) while (COMPARES.has(word(i))) i++;
  else return null;
  while (word(i + 1) === '.') i += 2;
  return BEHIND.has(word(i + 1)) ? name(i) : null;
}

/** The place of the BETWEEN of which the hole is, or begins, a value; -1 when it is none. */
export function betweenOf(hole: number, word: Read<string>): number {
  if (word(hole - 1) === 'between') return hole - 1;
  if (word(hole - 1) !== 'and') return -1;
  let depth = 0;
  for (let i = hole - 2; i > 0; i--) {
    if (word(i) === ')') depth++;
    else if (word(i) === '(') depth--;
    else if (depth === 0 && word(i) === 'between') return i;
    if (depth < 0 || (depth === 0 && PARTS.has(word(i)))) return -1;
  }
  return -1;
}

function inserted(hole: number, word: Read<string>, name: Read<string | null>): string | null {
  if (word(0) !== 'insert' && word(0) !== 'replace') return null;
  // Back to the parenthesis that this row of values began with, counting what stands before.
  let position = 0;
  let depth = 0;
  let i = hole - 1;
  for (; i > 0 && !(depth === 0 && word(i) === '('); i--) {
    if (word(i) === ')') depth++;
    else if (word(i) === '(') depth--;
    else if (word(i) === ',' && depth === 0) position++;
  }
  // A function's parenthesis is no row.
  if (![',', 'values', 'value'].includes(word(i - 1))) return null;
  while (i > 0 && word(i) !== 'values' && word(i) !== 'value') i--;
  if (word(i - 1) !== ')') return null;
  let open = i - 2;
  while (open > 0 && word(open) !== '(') open--;
  return name(open + 1 + position * 2);
}
