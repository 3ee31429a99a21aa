import type { ValueType } from '@sallyport/contract';
import type { SqlToken } from '../../language/sql-token.ts';
import { isCondition } from './condition.ts';

const RECKONS = new Set(['+', '-', '*', '/', '%', 'div', 'mod']);

/**
 * MySQL infers no types of values. After LIMIT and OFFSET it takes integers only; beside an arithmetic sign it reckons,
 * and with a text it would as with a double. By itself as a condition, it is a truth value.
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
  return isCondition(text, tokens, at) ? 'boolean' : null;
}
