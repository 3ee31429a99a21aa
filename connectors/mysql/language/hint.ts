import type { ValueType } from '@sallyport/contract';
import type { SqlToken } from '../../language/sql-token.ts';

const RECKONS = new Set(['+', '-', '*', '/', '%', 'div', 'mod']);

/** What asks whether the value after it is true; what joins it to the next condition, and what may end it. */
const ASKS = new Set(['where', 'having', 'on', 'and', 'or', 'xor', 'not']);
const JOINS = new Set(['and', 'or', 'xor']);
const ENDS = new Set([')', ',', ';', 'then', 'group', 'having', 'order', 'limit', 'union']);

/**
 * MySQL infers no types of values. After LIMIT and OFFSET it takes integers only; beside an arithmetic sign it reckons,
 * and with a text it would as with a double. A value that is a condition by itself is true or false: of a text, only one
 * that begins with a number would be true, and “true” would not.
 */
export function hintMysql(text: string, tokens: readonly SqlToken[], at: number): ValueType | null {
  const solid = tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment');
  const index = solid.findIndex((token) => token.at === at);
  const word = (i: number): string => {
    const token = solid[i];
    return token?.kind === 'word' || token?.kind === 'symbol'
      ? text.slice(token.at, token.end).toLowerCase()
      : '';
  };
  for (let i = index - 1; i >= 0; i--) {
    const token = solid[i] as SqlToken;
    if (word(i) === 'limit' || word(i) === 'offset') return 'integer';
    if (word(i) !== ',' && token.kind !== 'hole' && token.kind !== 'number') break;
  }
  // `->` takes a part of a JSON value.
  const arrow = word(index + 1) === '-' && word(index + 2) === '>';
  // What an interval is added to, or taken from, is a time: its column says of which type.
  if (word(index + 2) === 'interval' || (word(index - 1) === '+' && word(index - 4) === 'interval'))
    return null;
  if (RECKONS.has(word(index - 1)) || (RECKONS.has(word(index + 1)) && !arrow)) return 'decimal';
  return isCondition(word, index, solid.length) ? 'boolean' : null;
}

/** Whether a value stands alone where a condition does, within whatever parentheses of its own. */
function isCondition(word: (at: number) => string, index: number, length: number): boolean {
  let [left, right] = [index - 1, index + 1];
  while (word(left) === '(' && word(right) === ')') {
    left -= 1;
    right += 1;
  }
  if (JOINS.has(word(right))) return word(left) === '(' || (ASKS.has(word(left)) && !endsRange(word, left));
  if (word(left) === '(' && word(left - 1) === 'if') return word(right) === ',';
  if (word(left) === 'when') return word(right) === 'then' && isSearched(word, left);
  const ends = right >= length || ENDS.has(word(right));
  return ends && ASKS.has(word(left)) && !endsRange(word, left);
}

/** Whether a WHEN asks for a condition, and not for a value of what follows CASE. */
function isSearched(word: (at: number) => string, when: number): boolean {
  let ended = 0;
  for (let i = when - 1; i >= 0; i--) {
    if (word(i) === 'end') ended += 1;
    else if (word(i) === 'case' && ended-- === 0) return word(i + 1) === 'when';
  }
  return false;
}

/** Whether an AND is that of a BETWEEN. */
function endsRange(word: (at: number) => string, and: number): boolean {
  if (word(and) !== 'and') return false;
  let depth = 0;
  for (let i = and - 1; i >= 0; i--) {
    if (word(i) === ')') depth += 1;
    else if (word(i) === '(' && --depth < 0) return false;
    else if (depth === 0 && word(i) === 'between') return true;
    else if (depth === 0 && ASKS.has(word(i)) && word(i) !== 'not') return false;
  }
  return false;
}
