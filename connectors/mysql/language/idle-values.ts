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

/** Of these, what may stand between two items. */
const IN_LIST = new Set([',', 'asc', 'desc']);

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
  /** Whether the item before which `i` stands is one of an ORDER BY or GROUP BY: the first, or after a comma of its list. */
  const ordered = (i: number): boolean => {
    let depth = 0;
    for (let at = i; at > 0; at--) {
      const before = word(at);
      if (before === ')') depth++;
      else if (depth > 0) depth -= before === '(' ? 1 : 0;
      else if (before === 'by') return /^(order|group)$/.test(word(at - 1));
      else if (at === i ? before !== ',' : before === '(' || (ENDS.has(before) && !IN_LIST.has(before)))
        return false;
    }
    return false;
  };
  const values = new Set(placed.map(({ at }) => text.indexOf('?', at)));
  return tokens.flatMap((token, i): Place[] => {
    if (!values.has(token.at) || !ENDS.has(word(i + 1)) || !ordered(i - 1)) return [];
    const { hole: _hole, ...place } = rendered.locate(token.at);
    const message =
      'Sorting or grouping by a value has no effect. For a column or a direction, use a choice: a fixed list defined in the query settings, whose name is the whole expression.';
    return [{ ...place, message }];
  });
}
