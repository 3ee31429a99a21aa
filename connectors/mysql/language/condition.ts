import type { SqlToken } from '../../language/sql-token.ts';
import { betweenOf } from './column.ts';
import { BEFORE_CONDITION, BEHIND_CONDITION } from './condition-words.ts';
import { compares, valueAround, type WordsAround, wordsAround } from './words-around.ts';

const JOINS = new Set(['and', 'or', 'xor']);
const TRUTHS = new Set(['true', 'false']);

/**
 * Whether the hole by itself is a condition, as in `{{ all }} or a = 1`, `not {{ x }}`, `ifnull({{ x }}, false) and a = 1`,
 * `case when {{ x }} then` or `{{ x }} = true`. A truth value that is bound as a text there is 0 to MySQL, whether it is
 * `true` or `false`.
 */
export function isCondition(text: string, tokens: readonly SqlToken[], at: number): boolean {
  const around = wordsAround(text, tokens, at);
  const { word } = around;
  const { first, last } = valueAround(around);
  if (isBesideTruth(around, first, last)) return true;
  let open = first - 1;
  let close = last + 1;
  // Parentheses around a whole condition.
  while (word(open) === '(' && word(close) === ')') {
    open--;
    close++;
  }
  if (betweenOf(around, open + 1) !== -1) return false;
  const [before, behind] = [word(open), word(close)];
  if (before === '!') return true;
  if (before === '(') return JOINS.has(behind) || (word(open - 1) === 'if' && behind === ',');
  if (before === 'when') return (behind === 'then' || JOINS.has(behind)) && isSearched(open, word);
  return (
    BEFORE_CONDITION.has(before) && (BEHIND_CONDITION.has(behind) || (behind === 'then' && JOINS.has(before)))
  );
}

/** `{{ x }} = true`, `false <> {{ x }}`, `{{ x }} is not true`. */
function isBesideTruth(around: WordsAround, first: number, last: number): boolean {
  const { word } = around;
  if (word(last + 1) === 'is') return TRUTHS.has(word(last + (word(last + 2) === 'not' ? 3 : 2)));
  return [first - 1, last + 1].some((beside) => {
    const step = beside < first ? -1 : 1;
    let i = beside;
    while (compares(around, i)) i += step;
    return i !== beside && TRUTHS.has(word(i));
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
