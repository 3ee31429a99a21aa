import { isOddNumber, type WindowOperator } from '@sallyport/contract';
import { localWriting, type NumberWriting } from '../../../lib/number-writing.ts';
import { isDecimal } from '../../engine/compare-decimals.ts';
import { twoNumbers } from '../../engine/typed-number.ts';
import type { Column } from './column-model.ts';
import { typedValues } from './filter-value.ts';

const UUID = /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i;

/** Digits of the largest whole number of any column, 2^64 - 1. */
const LONGEST = 20;

/** What is wrong with the value of a filter, before it is sent. */
export function filterProblem(
  type: NonNullable<Column['type']>,
  operator: WindowOperator,
  text: string,
  kind: Column['kind'] = 'text',
  writing: NumberWriting = localWriting,
): string | null {
  const parts = typedValues({ type, kind }, operator, text, writing);
  if (parts === null) return 'Separate the values with semicolons.';
  if (parts.length === 0 || parts[0] === '')
    return type === 'text' && operator === 'eq' ? null : 'Enter a value.';
  const unclear =
    type === 'integer' || type === 'decimal' ? parts.map((part) => twoNumbers(part, writing)) : [];
  const asked = unclear.find((one) => one !== null);
  if (asked !== undefined) return asked;
  if (kind === 'percent' && !/[%٪％]/.test(text)) return `Include the percent sign, such as 25 %.`;
  if (type === 'integer' && !parts.every((part) => /^[+-]?\d+$/.test(part))) return 'Enter a whole number.';
  if (type === 'integer' && parts.some((part) => part.replace(/^[+-]?0*/, '').length > LONGEST))
    return 'This number is too large.';
  // PostgreSQL's figures that have no digits are typed as a cell shows them.
  const isNumber = (part: string) => isDecimal(part) || (operator !== 'in' && isOddNumber(part));
  if (type === 'decimal' && !parts.every(isNumber)) return 'Enter a number.';
  if (type === 'uuid' && !parts.every((part) => UUID.test(part)))
    return 'Enter a complete ID, such as 0199c0de-….';
  return null;
}
