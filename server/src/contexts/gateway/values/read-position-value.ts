import { mapEngineType } from '@sallyport/connectors/language/engine-type.ts';
import type { ResultColumn } from '@sallyport/contract';
import type { CompiledQuery } from '../compiled-query.ts';
import { readValue, type Scalar } from './read-value.ts';
import { ValueFault } from './value-fault.ts';

/** Days and times that PostgreSQL answers and no calendar of ours writes: infinite, before our era, far off. */
const POSTGRES_FAR =
  /^(?:-?infinity|(?=\d{5}|.* BC$)\d{4,6}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:\+00:00)?)?(?: BC)?)$/;
const NOT_FINITE = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);
/** Dates of MySQL with a part that is zero. */
const MYSQL_ZERO =
  /^(0000-\d{2}-\d{2}|\d{4}-00-\d{2}|\d{4}-\d{2}-00)(T\d{2}:\d{2}:\d{2}(\.\d{1,6})?)?(\+00:00)?$/;
/** MySQL sorts by the first 1,024 bytes of what it compares, and of a text this long it compares no more. */
const MYSQL_TEXT = 128;

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
  if (type === 'json' || type === 'binary') throw new ValueFault('This column has no order.');
  if (type === 'decimal' && !mysql && NOT_FINITE.has(value)) return value as string;
  if ((type === 'date' || type === 'timestamp') && typeof value === 'string') {
    if (!mysql && POSTGRES_FAR.test(value)) return value;
    // Without the offset, which is none: nothing can be reckoned with such a date.
    if (mysql && MYSQL_ZERO.test(value)) return value.replace('+00:00', '').replace('T', ' ');
  }
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
