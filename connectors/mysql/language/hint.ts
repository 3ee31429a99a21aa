import type { ValueType } from '@sallyport/contract';
import type { SqlToken } from '../../language/sql-token.ts';

/** MySQL infers no types of values; after LIMIT and OFFSET it takes integers only. */
export function hintMysql(text: string, tokens: readonly SqlToken[], at: number): ValueType | null {
  const solid = tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment');
  const index = solid.findIndex((token) => token.at === at);
  for (let i = index - 1; i >= 0; i--) {
    const token = solid[i] as SqlToken;
    const word = text.slice(token.at, token.end).toLowerCase();
    if (word === 'limit' || word === 'offset') return 'integer';
    if (word !== ',' && token.kind !== 'hole' && token.kind !== 'number') return null;
  }
  return null;
}
