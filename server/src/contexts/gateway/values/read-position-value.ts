import { mapEngineType } from '@sallyport/connectors/language/engine-type.ts';
import { isOddMoment, isOddNumber, type ResultColumn } from '@sallyport/contract';
import type { CompiledQuery } from '../compiled-query.ts';
import { readValue, type Scalar } from './read-value.ts';
import { ValueFault } from './value-fault.ts';

/** MySQL sorts by the first 1,024 bytes of what it compares, and of a text this long it compares no more. */
const MYSQL_TEXT = 128;

/** What an engine answers and no calendar and no figure writes, as it is bound; null where the value is none of these. */
export function readOddValue(
  value: unknown,
  type: ResultColumn['type'],
  language: CompiledQuery['language'],
): string | null {
  if (type === 'decimal') return language === 'postgresql' && isOddNumber(value) ? value : null;
  if (type !== 'date' && type !== 'timestamp') return null;
  if (typeof value !== 'string' || !isOddMoment(value, language)) return null;
  // Without the offset, which is none: nothing can be reckoned with such a date.
  return language === 'mysql' ? value.replace('+00:00', '').replace('T', ' ') : value;
}

/**
 * Reads a value of a position: whatever a column of this type may answer, also what an argument may not be. Null is
 * a value here: it has its place in an order. Throws `ValueFault`.
 */
export function readPositionValue(
  value: unknown,
  column: ResultColumn,
  language: CompiledQuery['language'],
): Scalar {
  if (value === null) return null;
  const mysql = language === 'mysql';
  const { type } = column;
  if (type === 'json' || type === 'binary') throw new ValueFault('This column cannot be sorted.');
  const odd = readOddValue(value, type, language);
  if (odd !== null) return odd;
  // A truth value of MySQL may be any small number.
  if (type === 'boolean' && mysql && Number.isSafeInteger(value)) return value as number;
  const { min, max } = mapEngineType(column.engineType);
  return readValue(value, {
    type,
    list: false,
    nullable: false,
    ...(type === 'text' ? { maxLength: mysql ? MYSQL_TEXT : 10_000 } : {}),
    ...(type === 'integer' ? { min, max: max ?? '18446744073709551615' } : {}),
  }) as Scalar;
}
