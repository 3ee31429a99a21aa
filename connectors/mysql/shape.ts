/**
 * The type of a column that has another one for another value that is bound (`select {{ x }} as x`, `n + {{ x }}`), or in a
 * temporary table (`max(flag)`).
 */
export const BY_VALUE = 'by value';

/**
 * The type of an expression's whole numbers in MySQL, where they are as small as an `int`: which of its types it calls them
 * depends on the plan, and is another for the same statement in a join (`month(at)`, `a = b`, `coalesce(flag, 0)`).
 */
export const SMALL_WHOLE = 'whole number';

/** What the servers call a whole number, without its sign. */
const WHOLE = /^(?:tinyint|smallint|mediumint|int|bigint|year)\b/;

/** The kinds of texts and of bytes, as one each; what is always null comes as bytes. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['char', 'text'],
  ['varchar', 'text'],
  ['binary', 'blob'],
  ['varbinary', 'blob'],
  ['null', 'blob'],
]);

/**
 * A longer varchar is still the same kind of value, and so is a number with noughts before it; `tinyint(1)`, a truth value,
 * is not a `tinyint`. Nor does it count which kind of text or of bytes one is: where a temporary table holds the rows, which
 * depends on their plan, a server answers `char(10)` as `varchar(10)`, `varchar(700)` as `text` and null as `binary(0)`.
 */
export const sameType = (a: string, b: string): boolean => base(a) === base(b);
const base = (name: string) => {
  if (name === 'tinyint(1)') return name;
  const plain = name.replace(/\([^()]*\)| zerofill$/g, '');
  return KINDS.get(plain) ?? plain;
};

/** Whether a column is of the type that it was compiled with; one of a type by value is held to none. */
export const asCompiled = (is: string, was: string): boolean =>
  was === BY_VALUE || (was === SMALL_WHOLE ? WHOLE.test(is) : sameType(is, was));
