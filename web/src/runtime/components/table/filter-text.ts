import type { WindowOperator } from '@sallyport/contract';
import type { Column } from './column-model.ts';
import type { Filter } from './use-table.ts';

export const OPERATOR_WORDS: Readonly<Record<WindowOperator, string>> = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  contains: 'contains',
  startsWith: 'starts with',
  in: 'is one of',
  isNull: 'is empty',
  isNotNull: 'is not empty',
};

const DATE_WORDS: Partial<Record<WindowOperator, string>> = {
  lt: 'is before',
  lte: 'is until',
  gt: 'is after',
  gte: 'is from',
};

export const operatorWords = (operator: WindowOperator, type: Column['type']): string =>
  ((type === 'date' || type === 'timestamp') && DATE_WORDS[operator]) || OPERATOR_WORDS[operator];

/** A filter in words: `Status is open`. */
export function filterText({ column, operator, value }: Filter, columns: readonly Column[]): string {
  const known = columns.find(({ name }) => name === column);
  const words = `${known?.label ?? column} ${operatorWords(operator, known?.type ?? null)}`;
  return value === undefined ? words : `${words} ${Array.isArray(value) ? value.join(', ') : String(value)}`;
}
