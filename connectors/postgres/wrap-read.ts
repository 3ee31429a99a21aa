import { quote } from './language/quote.ts';
import { columnExpression, type EngineType } from './value-types.ts';

/** The statement as it is sent for a read: the compiled text inside of a wrapper that lets PostgreSQL write the JSON. */
export interface WrappedRead {
  readonly text: string;
  /** UTF-16 units before the compiled text, for error positions. */
  readonly prefix: number;
}

/**
 * Wraps a read (Q13: by construction, the compiled bytes stay as they are): one JSON text a row, at most `limit` rows.
 * The newline keeps a trailing line comment from swallowing the wrapper. As a sub-select, only a query can stand
 * there: a data-modifying CTE, a second statement or a utility command is a syntax error. Functions are named with their
 * schema: one of the same name that fits better, which anybody may have made in the source, would run in their place.
 */
export function wrapRead(
  statement: string,
  columns: readonly { readonly name: string; readonly type: EngineType }[],
  limit: number,
): WrappedRead {
  // Not the name of a column: `row_to_json(t)` would mean the column t.
  let row = 'sallyport';
  while (columns.some(({ name }) => name === row)) row += '_';
  const expressions = columns.map(({ name, type }) => {
    const column = `${row}.${quote(name)}`;
    const expression = columnExpression(column, type);
    return { plain: expression === null, text: `${expression ?? column} as ${quote(name)}` };
  });
  const [before, after] = expressions.every((one) => one.plain)
    ? [`select pg_catalog.row_to_json(${row})::text from (`, `\n) ${row} limit ${limit}`]
    : [
        `select pg_catalog.row_to_json(${row})::text from (select ${expressions.map((one) => one.text).join(', ')} from (`,
        `\n) ${row}) ${row} limit ${limit}`,
      ];
  return { text: `${before}${statement}${after}`, prefix: before.length };
}
