import type { BindValue } from '@sallyport/connectors/port.ts';
import { isRawNumber, type ValueType } from '@sallyport/contract';
import { compareDecimals } from './compare-decimals.ts';
import { instantOf, readDate, readTimestamp } from './read-date.ts';
import { ValueFault } from './value-fault.ts';

/** What limits a value, as compiled. */
export interface ValueRule {
  readonly type: ValueType;
  readonly list: boolean;
  readonly nullable: boolean;
  readonly maxLength?: number | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly maxItems?: number | undefined;
}

export type Scalar = string | number | boolean | null;

const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
/** With noughts before it too, as a `zerofill` of MySQL is answered. */
const INTEGER = /^-?\d{1,40}$/;
/** An escaped U+0000, and not an escaped backslash before `u0000`. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;
/** As many digits as a `numeric` of PostgreSQL has at most, before the point and after it. */
const DECIMAL = /^-?\d{1,131072}(\.\d{1,16383})?([eE][+-]?\d{1,3})?$/;

/** Checks a JSON value against its rule and gives it the form that is bound (Q4). Throws `ValueFault`. */
export function readValue(value: unknown, rule: ValueRule): BindValue {
  if (rule.list) {
    if (value === null && rule.nullable) return null;
    if (!Array.isArray(value)) throw new ValueFault('Must be a list.');
    const most = rule.maxItems ?? 1_000;
    if (value.length > most) throw new ValueFault(`A list can have at most ${most} items.`);
    return value.map((item) => readScalar(item, rule));
  }
  return readScalar(value, rule);
}

function readScalar(value: unknown, rule: ValueRule): Scalar {
  if (rule.type === 'json') return readJson(value, rule);
  if (value === null) {
    if (!rule.nullable) throw new ValueFault('Enter a value. Null is not allowed.');
    return null;
  }
  switch (rule.type) {
    case 'text':
      return readText(value, rule.maxLength);
    case 'integer':
      return readInteger(value, rule);
    case 'decimal':
      return readDecimal(value, rule);
    case 'boolean':
      if (typeof value !== 'boolean') throw new ValueFault('Must be true or false.');
      return value;
    case 'date':
      return ranged(readDate(value), rule);
    case 'timestamp':
      return ranged(readTimestamp(value), rule);
    case 'uuid':
      if (typeof value !== 'string' || !UUID.test(value)) throw new ValueFault('Must be a UUID.');
      return value;
  }
}

function readText(value: unknown, maxLength: number | undefined): string {
  if (typeof value !== 'string') throw new ValueFault('Must be text.');
  if (maxLength !== undefined && value.length > maxLength) {
    throw new ValueFault(`Must have at most ${maxLength} characters.`);
  }
  if (value.includes('\0')) throw new ValueFault('Text cannot contain the character U+0000.');
  if (!value.isWellFormed()) throw new ValueFault('This text contains half of a character.');
  return value;
}

function readInteger(value: unknown, rule: ValueRule): Scalar {
  if (isRawNumber(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw new ValueFault('Send a whole number of this size as text, so that no digit is lost.');
  }
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) throw new ValueFault('Must be a whole number.');
  } else if (typeof value !== 'string' || !INTEGER.test(value)) {
    throw new ValueFault('Must be a whole number.');
  }
  const number = BigInt(value as string | number);
  if (
    number < BigInt(rule.min ?? '-9223372036854775808') ||
    number > BigInt(rule.max ?? '9223372036854775807')
  ) {
    throw new ValueFault(outside(rule));
  }
  const small = Number(number);
  return Number.isSafeInteger(small) ? small : String(number);
}

function readDecimal(value: unknown, rule: ValueRule): string {
  const text = isRawNumber(value) ? value.rawJSON : typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !DECIMAL.test(text)) throw new ValueFault('Must be a number.');
  if (
    (rule.min !== undefined && compareDecimals(text, rule.min) < 0) ||
    (rule.max !== undefined && compareDecimals(text, rule.max) > 0)
  ) {
    throw new ValueFault(outside(rule));
  }
  return text;
}

function ranged(text: string, rule: ValueRule): string {
  const at = rule.min === undefined && rule.max === undefined ? 0 : instantOf(text);
  // What cannot be compared is not inside: NaN is neither before nor after anything.
  const inside =
    (rule.min === undefined || at >= instantOf(rule.min)) &&
    (rule.max === undefined || at <= instantOf(rule.max));
  if (!inside) throw new ValueFault(outside(rule));
  return text;
}

function readJson(value: unknown, rule: ValueRule): Scalar {
  if (value === null) {
    if (!rule.nullable) throw new ValueFault('Enter a value. Null is not allowed.');
    return null;
  }
  const text = JSON.stringify(value);
  if (rule.maxLength !== undefined && text.length > rule.maxLength) {
    throw new ValueFault(`The JSON must have at most ${rule.maxLength} characters.`);
  }
  if (NUL.test(text)) throw new ValueFault('JSON cannot contain the character U+0000.');
  return text;
}

function outside({ min, max }: ValueRule): string {
  if (min !== undefined && max !== undefined) return `Must be from ${min} to ${max}.`;
  if (min !== undefined) return `Must be ${min} or more.`;
  if (max !== undefined) return `Must be ${max} or less.`;
  return 'The value is out of range.';
}
