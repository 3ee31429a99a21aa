import type { ResultColumn } from '@sallyport/contract';
import { ConnectorError } from '../port.ts';
import { type FieldDefinition, resultColumn } from './field-types.ts';

/** The type of a column that has another one for another value that is bound (`select {{ x }} as x`, `n + {{ x }}`). */
export const BY_VALUE = 'by value';

/** Compares what the source answers with what was compiled (Q16): names, order, base types. */
export function assertShape(compiled: readonly ResultColumn[], fields: readonly FieldDefinition[]): void {
  compiled.forEach((column, i) => {
    const field = fields[i];
    if (field === undefined || !fields.some((one) => one.name === column.name))
      throw changed(`The column ${column.name} is gone.`);
    if (field.name !== column.name)
      throw changed(`The column ${column.name} has moved: ${field.name} stands in its place.`);
    const is = resultColumn(field).engineType;
    if (column.engineType !== BY_VALUE && !sameType(is, column.engineType))
      throw changed(`The column ${column.name} was ${column.engineType} and is now ${is}.`);
  });
  const surplus = fields[compiled.length];
  if (surplus !== undefined) throw changed(`The column ${surplus.name} is new.`);
}

/** A longer varchar is still the same kind of value, and so is a number with noughts before it; `tinyint(1)`, a truth value, is not a `tinyint`. */
export const sameType = (a: string, b: string): boolean => base(a) === base(b);
const base = (name: string) => (name === 'tinyint(1)' ? name : name.replace(/\([^)]*\)| zerofill$/g, ''));

const changed = (detail: string) =>
  new ConnectorError('source_shape_changed', `${detail} Save the query again to take the new shape.`);
