import type { WindowOperator } from '@sallyport/contract';
import { decimalText, wholeText } from '../../engine/number-text.ts';
import { instantOf } from '../../engine/zone-time.ts';
import type { Column } from './column-model.ts';
import { oneValue } from './filter-problem.ts';
import type { Filter } from './use-table.ts';

/** One value in the server's own writing of its type; what is wrong with it was said before (`filter-problem`). */
function written(type: Column['type'], text: string): string {
  switch (type) {
    case 'integer':
      return wholeText(text);
    case 'decimal':
      return decimalText(text);
    case 'uuid':
      return text.replaceAll('-', '').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    default:
      return text;
  }
}

/** What was typed, as the value of a filter. */
export function filterValue(
  { type, clock }: Pick<Column, 'type' | 'clock'>,
  operator: WindowOperator,
  text: string,
): Filter['value'] {
  if (operator === 'in')
    return text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
      .map((part) => written(type, part));
  if (type === 'boolean') return text === 'true';
  if (type === 'timestamp') {
    // As the cells of a column without a zone write it: this person's clock may have no such time, or has an offset.
    const begin = clock ? text.replace(/(T\d\d:\d\d)$/, '$1:00') : (instantOf(text) ?? text);
    return UNTIL.has(operator) ? begin.replace(/(T\d\d:\d\d):00(?![\d.])/, '$1:59.999999') : begin;
  }
  // A space at an end of a text is a letter as any other: it is what tells such a row from the rest.
  return written(type, oneValue(type, text));
}

/** These mean the whole of the minute that was typed: a row that reads 09:41 is among those until 09:41. */
const UNTIL: ReadonlySet<WindowOperator> = new Set(['lte', 'gt']);

/** What was typed, as filters. A time is a minute, and a row is of it from its beginning until its end. */
export function filtersOf(
  column: Pick<Column, 'name' | 'type' | 'clock'>,
  operator: WindowOperator,
  text: string,
): readonly Filter[] {
  const { name } = column;
  if (operator === 'isNull' || operator === 'isNotNull') return [{ column: name, operator }];
  const operators = column.type === 'timestamp' && operator === 'eq' ? (['gte', 'lte'] as const) : [operator];
  return operators.map((one) => ({ column: name, operator: one, value: filterValue(column, one, text) }));
}
