import type { ResultColumn } from '@sallyport/contract';
import type { CheckedPosition, Ordering, PositionValue } from '../language.ts';
import type { BindValue } from '../port.ts';

/** What the predicate must know of an engine. */
export interface PositionDialect {
  /** The column as it is compared. */
  name(column: ResultColumn): string;
  /** Whether a row has a value there: as its ORDER BY knows one, which is more than what `is null` may call one. */
  missing(column: ResultColumn): string;
  present(column: ResultColumn): string;
  /** Binds a value and answers its placeholder; called in the order in which the placeholders stand in the text. */
  bind(column: ResultColumn, value: BindValue): string;
  /** Where the engine's ORDER BY puts rows without a value. */
  nullsFirst(direction: Ordering['direction']): boolean;
  /** Whether `(a, b) > (x, y)` is answered from an index. */
  readonly rows: boolean;
}

const REVERSED = { asc: 'desc', desc: 'asc' } as const;

/** The order read backwards: what the last rows before a position are the first of. */
export const reversed = (order: readonly Ordering[]): Ordering[] =>
  order.map(({ column, direction }) => ({ column, direction: REVERSED[direction] }));

/**
 * The condition of the rows beyond a position (Q17), true exactly of those that the engine's own ORDER BY puts there:
 * its operators and collations compare, and a missing value stands where the engine puts it. Every value is a bind.
 */
export function beyond({ side, at }: CheckedPosition, dialect: PositionDialect): string {
  // Before a position in an order is after it in the reversed one.
  const every = side === 'after' ? at : at.map((one) => ({ ...one, direction: REVERSED[one.direction] }));
  // Nothing is beyond a missing value where those come last.
  const all = every.slice(0, every.findLastIndex((one) => one.value !== null || !isLast(one, dialect)) + 1);
  const [first, second] = all;
  if (first === undefined) return 'false';
  const alike = all.every(({ direction }) => direction === first.direction);
  const whole = all.every(({ column, value }) => column.nullable === false && value !== null);
  if (dialect.rows && second !== undefined && alike && whole) {
    const names = all.map(({ column }) => dialect.name(column));
    const values = all.map(({ column, value }) => dialect.bind(column, value));
    return `(${names.join(', ')}) ${sign(first)} (${values.join(', ')})`;
  }
  // What an index can begin at. It may not leave out the rows without a value.
  const bounded = second !== undefined && first.value !== null && !alsoMissing(first, dialect);
  const bound = bounded
    ? `${dialect.name(first.column)} ${sign(first)}= ${dialect.bind(first.column, first.value)} and `
    : '';
  return `(${bound}${nested(first, all.slice(1), dialect)})`;
}

const sign = ({ direction }: PositionValue) => (direction === 'asc' ? '>' : '<');

/** Whether rows without a value come last by this column. */
const isLast = ({ direction }: PositionValue, dialect: PositionDialect): boolean =>
  !dialect.nullsFirst(direction);

/** Whether rows without a value are beyond one that has a value. */
const alsoMissing = (one: PositionValue, dialect: PositionDialect): boolean =>
  one.column.nullable !== false && isLast(one, dialect);

/** Beyond by the first column, or level with it and beyond by the others. */
function nested(one: PositionValue, others: readonly PositionValue[], dialect: PositionDialect): string {
  const past = strictly(one, dialect);
  const [next, ...rest] = others;
  if (next === undefined) return past ?? 'false';
  const name = dialect.name(one.column);
  const level =
    one.value === null ? dialect.missing(one.column) : `${name} = ${dialect.bind(one.column, one.value)}`;
  const tied = `${level} and ${nested(next, rest, dialect)}`;
  return past === null ? tied : `(${past} or (${tied}))`;
}

function strictly(one: PositionValue, dialect: PositionDialect): string | null {
  const name = dialect.name(one.column);
  if (one.value === null) return isLast(one, dialect) ? null : dialect.present(one.column);
  const compared = `${name} ${sign(one)} ${dialect.bind(one.column, one.value)}`;
  return alsoMissing(one, dialect) ? `(${compared} or ${dialect.missing(one.column)})` : compared;
}
