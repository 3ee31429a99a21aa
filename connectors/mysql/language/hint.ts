import type { ValueType } from '@sallyport/contract';
import type { SqlToken } from '../../language/sql-token.ts';
import { isCondition } from './condition.ts';
import { RECKONS, valueAround, wordsAround } from './words-around.ts';

/**
 * MySQL infers no types of values. After LIMIT and OFFSET it takes integers only; beside an arithmetic sign it reckons,
 * and with a text it would as with a double. By itself as a condition, it is a truth value.
 */
export function hintMysql(text: string, tokens: readonly SqlToken[], at: number): ValueType | null {
  const around = wordsAround(text, tokens, at);
  const { hole, word } = around;
  for (let i = hole - 1; i >= 0; i--) {
    if (word(i) === 'limit' || word(i) === 'offset') return 'integer';
    if (word(i) !== ',' && !around.isNumber(i)) break;
  }
  const { first, last } = valueAround(around);
  // `->` takes a part of a JSON value.
  const arrow = word(last + 1) === '-' && word(last + 2) === '>';
  // What an interval is added to, or taken from, is a time: its column says of which type.
  if (word(last + 2) === 'interval' || (word(first - 1) === '+' && word(first - 4) === 'interval'))
    return null;
  if (RECKONS.has(word(first - 1)) || (RECKONS.has(word(last + 1)) && !arrow)) return 'decimal';
  return isCondition(text, tokens, at) ? 'boolean' : null;
}
