import type { Rendered } from '../../language/render-sql.ts';
import { tokenizeSql } from '../../language/sql-token.ts';
import type { Place } from '../../language.ts';
import { readMysqlToken } from './read-token.ts';

/** What may follow an item of an order that is one value and no part of an expression. */
const ENDS = new Set([
  '',
  ',',
  ')',
  'asc',
  'desc',
  'limit',
  'with',
  'having',
  'order',
  'for',
  'lock',
  'union',
]);

/** A value alone after ORDER BY or GROUP BY is a constant: the engine accepts it and it does nothing, which nobody means. */
export function idleValues(rendered: Rendered): readonly Place[] {
  const { text, placed } = rendered;
  const tokens = tokenizeSql(text, 'text', readMysqlToken).filter(
    ({ kind }) => kind !== 'space' && kind !== 'comment',
  );
  const word = (i: number): string => {
    const token = tokens[i];
    return token === undefined ? '' : text.slice(token.at, token.end).toLowerCase();
  };
  const values = new Set(placed.map(({ at }) => text.indexOf('?', at)));
  return tokens.flatMap((token, i): Place[] => {
    const alone = word(i - 1) === 'by' && /^(order|group)$/.test(word(i - 2)) && ENDS.has(word(i + 1));
    if (!values.has(token.at) || !alone) return [];
    const { hole: _hole, ...place } = rendered.locate(token.at);
    const message =
      'A value sorts and groups nothing. For a column or a direction, offer a choice: a closed list written beside the query, whose name stands alone in the hole.';
    return [{ ...place, message }];
  });
}
