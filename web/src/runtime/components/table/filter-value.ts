import type { WindowOperator } from '@sallyport/contract';
import { decimalText, wholeText } from '../../engine/number-text.ts';
import { instantOf } from '../../engine/zone-time.ts';
import type { Column } from './column-model.ts';
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
  // As the cells of a column without a zone write it: this person's clock may have no such time, or has an offset.
  if (type === 'timestamp' && clock) return /T\d\d:\d\d$/.test(text) ? `${text}:00` : text;
  if (type === 'timestamp') return instantOf(text) ?? text;
  return written(type, text.trim());
}
