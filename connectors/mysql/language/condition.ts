import type { SqlToken } from '../../language/sql-token.ts';
import { betweenOf } from './column.ts';

/** What a condition stands behind, and what may stand behind one. */
const BEFORE = new Set(['where', 'on', 'having', 'and', 'or', 'xor', 'not']);
const JOINS = new Set(['and', 'or', 'xor']);
const BEHIND = new Set([
  '',
  ')',
  ',',
  'and',
  'or',
  'xor',
  'group',
  'having',
  'order',
  'limit',
  'union',
  'for',
  'where',
  'left',
  'right',
  'inner',
  'join',
]);

const TRUTHS = new Set(['true', 'false']);
const EQUALS = new Set(['=', '!', '<', '>']);

/**
 * Whether the hole by itself is a condition, as in `{{ all }} or a = 1`, `not {{ x }}`, `case when {{ x }} then` or
 * `{{ x }} = true`. A truth value that is bound as a text there is 0 to MySQL, whether it is `true` or `false`.
 */
export function isCondition(text: string, tokens: readonly SqlToken[], at: number): boolean {
  const solid = tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment');
  const word = (i: number): string => {
    const token = solid[i];
    return token === undefined ? '' : text.slice(token.at, token.end).toLowerCase();
  };
  const hole = solid.findIndex((token) => token.at === at);
  if (isBesideTruth(hole, word)) return true;
  let open = hole - 1;
  let close = hole + 1;
  // Parentheses around a whole condition.
  while (word(open) === '(' && word(close) === ')') {
    open--;
    close++;
  }
  if (betweenOf(open + 1, word) !== -1) return false;
  const [before, behind] = [word(open), word(close)];
  if (before === '(') return JOINS.has(behind) || (word(open - 1) === 'if' && behind === ',');
  if (before === 'when') return (behind === 'then' || JOINS.has(behind)) && isSearched(open, word);
  return BEFORE.has(before) && (BEHIND.has(behind) || (behind === 'then' && JOINS.has(before)));
}

/** `{{ x }} = true`, `false <> {{ x }}`, `{{ x }} is not true`. */
function isBesideTruth(hole: number, word: (i: number) => string): boolean {
  if (word(hole + 1) === 'is') return TRUTHS.has(word(hole + (word(hole + 2) === 'not' ? 3 : 2)));
  return [-1, 1].some((step) => {
    let i = hole + step;
    while (EQUALS.has(word(i))) i += step;
    return i !== hole + step && TRUTHS.has(word(i));
  });
}

/** Whether the WHEN is of a CASE that compares nothing with what stands behind it: `case when`. */
function isSearched(when: number, word: (i: number) => string): boolean {
  let depth = 0;
  for (let i = when - 1; i >= 0; i--) {
    if (word(i) === 'end') depth++;
    else if (word(i) === 'case' && depth-- === 0) return word(i + 1) === 'when';
  }
  return false;
}
