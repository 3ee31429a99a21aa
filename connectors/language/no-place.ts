/** Where the grammar of an engine takes a name, a direction or a keyword alone. */
const NAME = /\b(?:by|from|join|into|update|table)\s*$|\border\s+by\b[^()]*$/i;

/** What to write where an engine takes no value (Q2), for a place that only a name or a keyword can have. */
export const choiceAt = (engine: string): string =>
  `${engine} does not accept a value here. For a table, a column, a direction or a keyword, use a choice: a fixed list defined in the query settings, whose name is the whole expression.`;

/**
 * The same by what stands before the place, since what an expression makes is never SQL: rows behind VALUES, a name, or a
 * condition that is there at times. `rows` is how the engine reads rows of one JSON value.
 */
export function noPlace(engine: string, before: string, rows: string): string {
  if (/\bvalues\s*$/i.test(before))
    return `${engine} does not accept a value here. Write a value for each column, or bind several rows as one JSON value: insert into … select … from ${rows}.`;
  return NAME.test(before)
    ? choiceAt(engine)
    : `${choiceAt(engine)} Write a condition that is not always there in SQL: ({{ x }} = '' or name = {{ x }}).`;
}
