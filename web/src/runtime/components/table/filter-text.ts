import type { WindowOperator } from '@sallyport/contract';
import { isClockTime } from '../../engine/clock-time.ts';
import { comesTwice, zoneName } from '../../engine/zone-time.ts';
import type { Column } from './column-model.ts';
import { formatCell } from './format-cell.ts';
import type { Filter } from './use-table.ts';

const OPERATOR_WORDS: Readonly<Record<WindowOperator, string>> = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  contains: 'contains',
  startsWith: 'starts with',
  in: 'is one of',
  isNull: 'has no value',
  isNotNull: 'has a value',
};

const DATE_WORDS: Partial<Record<WindowOperator, string>> = {
  lt: 'is before',
  lte: 'is until',
  gt: 'is after',
  gte: 'is from',
};

export const operatorWords = (operator: WindowOperator, type: Column['type']): string =>
  ((type === 'date' || type === 'timestamp') && DATE_WORDS[operator]) || OPERATOR_WORDS[operator];

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const minutes = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
} as const;
const time = new Intl.DateTimeFormat('en-GB', minutes);
const clock = new Intl.DateTimeFormat('en-GB', { ...minutes, timeZone: 'UTC' });

/** Spaces at the ends are looked for, and could not be seen. */
const withEnds = (text: string): string => (text === text.trim() ? text : `“${text}”`);

/** A value as the column's cells would say it, with the year; what is no day and no time stays as it was typed. */
function valueWords(value: unknown, column: Column | undefined): string {
  const type = column?.type ?? null;
  if (value === '') return 'empty text';
  if (column !== undefined && (type === 'integer' || type === 'decimal'))
    return formatCell(value, column).text;
  if (type === 'boolean') return value === true || value === 'true' ? 'Yes' : 'No';
  // What a clock said, whether or not this person's ever says it.
  const wall = isClockTime(value) ? new Date(`${value}Z`) : null;
  if (wall !== null && !Number.isNaN(wall.getTime())) return clock.format(wall);
  const at = type === 'date' || type === 'timestamp' ? new Date(String(value)) : null;
  if (at === null || Number.isNaN(at.getTime())) return withEnds(String(value));
  if (type === 'date') return day.format(at);
  return comesTwice(at) ? `${time.format(at)} ${zoneName(value)}` : time.format(at);
}

/** A filter in words: `Status is open`. */
export function filterText({ column, operator, value }: Filter, columns: readonly Column[]): string {
  const known = columns.find(({ name }) => name === column);
  const type = known?.type ?? null;
  const words = `${known?.label ?? column} ${operatorWords(operator, type)}`;
  if (value === undefined) return words;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return `${words} ${values.map((one) => valueWords(one, known)).join(', ')}`;
}
