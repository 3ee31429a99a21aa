import type { Window, WindowOperator } from '@sallyport/contract';
import { inOrder } from '../../../lib/in-order.ts';
import { compareDecimals, isDecimal } from '../../engine/compare-decimals.ts';
import { shownText } from '../../engine/shown-text.ts';
import type { Column } from './column-model.ts';
import { cellOf } from './row-key.ts';

type Row = Readonly<Record<string, unknown>>;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:\d{2})$/;
const CLOCK = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/;
/** A time of day or a span, which MySQL writes with hours past 24. */
const SPAN = /^(-?)(\d{2,3}):(\d{2}):(\d{2}(?:\.\d+)?)$/;
/** Where PostgreSQL orders numbers that have no digits. */
const ODD: Readonly<Record<string, number>> = { '-Infinity': -1, Infinity: 1, NaN: 2 };
const rankOf = (text: string): number | null =>
  Object.hasOwn(ODD, text) ? (ODD[text] ?? 0) : isDecimal(text) ? 0 : null;
const farOf = (text: string): number => (text === 'infinity' ? 1 : text === '-infinity' ? -1 : 0);
const byUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** The digits behind the second, past those that a date of this language has. */
const fractionOf = (text: string): string => (/\.(\d+)/.exec(text)?.[1] ?? '').padEnd(9, '0');
function secondsOf(text: string): number | null {
  const [, sign, hours, minutes, seconds] = SPAN.exec(text) ?? [];
  if (hours === undefined) return null;
  const all = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -all : all;
}

/** Orders two values: numbers by size, also as text; text by the person's language. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = shownText(a);
  const right = shownText(b);
  // The source's instants are in UTC and a filter's has the offset of the person: as texts they do not compare.
  if (INSTANT.test(left) && INSTANT.test(right))
    return Date.parse(left) - Date.parse(right) || byUnits(fractionOf(left), fractionOf(right));
  // As they are written; by their numbers, .5 would stand before .25.
  if (CLOCK.test(left) && CLOCK.test(right)) return byUnits(left, right);
  const [from, to] = [secondsOf(left), secondsOf(right)];
  if (from !== null && to !== null) return from - to;
  if (farOf(left) !== 0 || farOf(right) !== 0) return farOf(left) - farOf(right);
  const [rank, other] = [rankOf(left), rankOf(right)];
  if (rank === null || other === null) return inOrder(left, right);
  return rank !== 0 || other !== 0 ? rank - other : compareDecimals(left, right);
}

/**
 * Whether two values are the same: numbers and instants by what they are, text letter by letter as a source does. A text is
 * no number: `007` is not `7`.
 */
function equal(a: unknown, b: unknown, type: Column['type'] | undefined): boolean {
  const left = shownText(a);
  const right = shownText(b);
  const measured = (isDecimal(left) && isDecimal(right)) || (INSTANT.test(left) && INSTANT.test(right));
  return measured && type !== 'text' ? compare(a, b) === 0 : left === right;
}

/** Without case. A Greek Σ is another letter at the end of a word, which the beginning of a longer one is not. */
const lowered = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ');

function holds(
  value: unknown,
  operator: WindowOperator,
  wanted: unknown,
  type: Column['type'] | undefined,
): boolean {
  const empty = value === null || value === undefined;
  if (operator === 'isNull') return empty;
  if (operator === 'isNotNull') return !empty;
  if (empty) return false;
  const text = lowered(shownText(value));
  switch (operator) {
    case 'eq':
      return equal(value, wanted, type);
    case 'ne':
      return !equal(value, wanted, type);
    case 'lt':
      return compare(value, wanted) < 0;
    case 'lte':
      return compare(value, wanted) <= 0;
    case 'gt':
      return compare(value, wanted) > 0;
    case 'gte':
      return compare(value, wanted) >= 0;
    case 'contains':
      return text.includes(lowered(shownText(wanted)));
    case 'startsWith':
      return text.startsWith(lowered(shownText(wanted)));
    case 'in':
      return Array.isArray(wanted) && wanted.some((one) => equal(value, one, type));
  }
}

/** Search, filters and sort over rows that are all here; the same answers that the server gives for a windowed query. */
export function clientWindow(
  rows: readonly Row[],
  window: Pick<Window, 'sort' | 'filters' | 'search'>,
  columns: readonly Column[],
): readonly Row[] {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const search = lowered(window.search?.trim() ?? '');
  let shown = rows;
  if (search !== '')
    shown = shown.filter((row) =>
      Object.values(row).some((value) => lowered(shownText(value)).includes(search)),
    );
  for (const { column, operator, value } of window.filters)
    shown = shown.filter((row) => holds(cellOf(row, column), operator, value, types.get(column)));
  if (window.sort.length === 0) return shown;
  return shown.toSorted((a, b) => {
    for (const { column, direction } of window.sort) {
      const left = cellOf(a, column) ?? null;
      const right = cellOf(b, column) ?? null;
      // What is empty stands last, as PostgreSQL does for an ascending order.
      const order =
        left === null || right === null
          ? Number(left === null) - Number(right === null)
          : compare(left, right);
      if (order !== 0) return direction === 'asc' ? order : -order;
    }
    return 0;
  });
}
