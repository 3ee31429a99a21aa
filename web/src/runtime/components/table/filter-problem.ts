import { isOddNumber, type WindowOperator } from '@sallyport/contract';
import { isDecimal } from '../../engine/compare-decimals.ts';
import { twoNumbers, typedNumber } from '../../engine/typed-number.ts';
import type { Column } from './column-model.ts';

const UUID = /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i;

/** Digits of the largest whole number of any column, 2^64 - 1. */
const LONGEST = 20;

/** One value of a filter, a number of it in the writing of a decimal: as an input reads it. */
export const oneValue = (type: Column['type'], text: string): string => {
  if (type === 'integer' || type === 'decimal')
    return isOddNumber(text.trim()) ? text.trim() : typedNumber(text, type === 'integer');
  return type === null || type === 'text' ? text : text.trim();
};

/** What is wrong with the value of a filter, before it is sent. */
export function filterProblem(
  type: NonNullable<Column['type']>,
  operator: WindowOperator,
  text: string,
): string | null {
  const parts =
    operator === 'in'
      ? text
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean)
      : [oneValue(type, text)];
  if (parts.length === 0 || parts[0] === '')
    return type === 'text' && operator === 'eq' ? null : 'A value is needed.';
  if (type === 'integer' && !parts.every((part) => /^[+-]?\d+$/.test(part)))
    return 'A whole number is needed.';
  if (type === 'integer' && parts.some((part) => part.replace(/^[+-]?0*/, '').length > LONGEST))
    return 'No column holds a number of this size.';
  // PostgreSQL's figures that have no digits are typed as a cell shows them.
  const isNumber = (part: string) => isDecimal(part) || (operator !== 'in' && isOddNumber(part));
  if (type === 'decimal' && !parts.every(isNumber)) return twoNumbers(parts[0]!) ?? 'A number is needed.';
  if (type === 'uuid' && !parts.every((part) => UUID.test(part)))
    return 'A whole identifier is needed, such as 0199c0de-….';
  return null;
}
