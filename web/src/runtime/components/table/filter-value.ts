import type { WindowOperator } from '@sallyport/contract';
import { instantOf, wallTime } from '../../engine/zone-time.ts';
import type { Column } from './column-model.ts';
import type { Filter } from './use-table.ts';

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
      .filter(Boolean);
  if (type === 'boolean') return text === 'true';
  // As the cells of a column without a zone write it: with this person's offset it would be another time.
  if (type === 'timestamp' && clock) return wallTime(text)?.replace(' ', 'T') ?? text;
  if (type === 'timestamp') return instantOf(text) ?? text;
  return text.trim();
}
