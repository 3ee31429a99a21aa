import type { WindowOperator } from '@sallyport/contract';
import { localWriting, type NumberWriting } from '../../../lib/number-writing.ts';
import { partsOf } from '../../../lib/parts-of.ts';
import { plainDecimal } from '../../engine/compare-decimals.ts';
import { decimalText, wholeText } from '../../engine/number-text.ts';
import { asciiNumbers, typedNumber } from '../../engine/typed-number.ts';
import { instantOf, lastInstantOf } from '../../engine/zone-time.ts';
import type { Column } from './column-model.ts';
import type { Filter } from './use-table.ts';

/** A comma between two digits may be of one number: a list of numbers is parted by what never is. */
const TIGHT = /\d,\d/;

/** The values that were typed, each as it is meant; null where it cannot be told where one ends. */
export function typedValues(
  { type, kind }: Pick<Column, 'type' | 'kind'>,
  operator: WindowOperator,
  text: string,
  writing: NumberWriting = localWriting,
): readonly string[] | null {
  if (type === null || type === 'text') return operator === 'in' ? partsOf(text) : [text];
  if (type !== 'integer' && type !== 'decimal') return operator === 'in' ? partsOf(text) : [text.trim()];
  const whole = type === 'integer';
  const plain = asciiNumbers(text);
  const split = whole && !/,\d{3}(?!\d)/.test(plain) ? /[;,]/ : /;|,(?=\s|$)/;
  const parts = operator === 'in' ? partsOf(plain, split) : [plain.trim()];
  const untold = operator === 'in' && !plain.includes(';') && writing.decimal !== ',';
  if (untold && TIGHT.test(parts.join(';'))) return null;
  return parts.map((part) => {
    if (kind !== 'percent') return typedNumber(part, whole, writing);
    const sign = part.search(/[%٪]/);
    // Without its sign, 25 may be meant as it is stored.
    if (sign === -1) return part;
    return plainDecimal(`${typedNumber(part.slice(0, sign).trimEnd(), whole, writing)}e-2`);
  });
}

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
  { type, kind, clock }: Pick<Column, 'type' | 'kind' | 'clock'>,
  operator: WindowOperator,
  text: string,
): Filter['value'] {
  const values = typedValues({ type, kind }, operator, text) ?? [];
  if (operator === 'in') return values.map((value) => written(type, value));
  if (type === 'boolean') return text === 'true';
  if (type === 'timestamp') {
    // As the cells of a column without a zone write it: this person's clock may have no such time, or has an offset.
    const until = UNTIL.has(operator) && /T\d\d:\d\d(?::00)?$/.test(text);
    const wall = text.replace(/(T\d\d:\d\d)(?::00)?$/, `$1:${until ? '59' : '00'}`);
    // An hour that comes twice: until its end is until the end of the second.
    const instant = UNTIL.has(operator) ? lastInstantOf(wall) : instantOf(wall);
    const at = clock ? wall : (instant ?? wall);
    return until ? at.replace(/T[\d:]{8}/, '$&.999999') : at;
  }
  // A space at an end is a letter of a text as any other: it is what tells such a row from the rest.
  return written(type, values[0] ?? '');
}

/** These mean the whole of the minute that was typed: a row that reads 09:41 is among those until 09:41. */
const UNTIL: ReadonlySet<WindowOperator> = new Set(['lte', 'gt']);

/** What was typed, as filters. A time is a minute, and a row is of it from its beginning until its end. */
export function filtersOf(
  column: Pick<Column, 'name' | 'type' | 'kind' | 'clock'>,
  operator: WindowOperator,
  text: string,
): readonly Filter[] {
  const { name } = column;
  if (operator === 'isNull' || operator === 'isNotNull') return [{ column: name, operator }];
  const operators = column.type === 'timestamp' && operator === 'eq' ? (['gte', 'lte'] as const) : [operator];
  return operators.map((one) => ({ column: name, operator: one, value: filterValue(column, one, text) }));
}
