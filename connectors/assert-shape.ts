import type { ResultColumn } from '@sallyport/contract';
import { ConnectorError } from './port.ts';

/**
 * Compares what the source answers with what was compiled (Q16): names, order, base types. `sameType` says whether two of an
 * engine's type names, as it is and as it was, mean one kind of value. Throws `source_shape_changed`, which names the column.
 */
export function assertShape(
  compiled: readonly ResultColumn[],
  answered: readonly Pick<ResultColumn, 'name' | 'engineType'>[],
  sameType: (is: string, was: string) => boolean,
): void {
  compiled.forEach(({ name, engineType: was }, i) => {
    const column = answered[i];
    if (column === undefined || !answered.some((one) => one.name === name))
      throw changed(`The column ${name} no longer exists.`);
    if (column.name !== name) throw changed(`The column ${name} has moved. ${column.name} is in its place.`);
    const { engineType: is } = column;
    if (!sameType(is, was)) throw changed(`The type of column ${name} changed from ${was} to ${is}.`);
  });
  const surplus = answered[compiled.length];
  if (surplus !== undefined) throw changed(`The column ${surplus.name} is new.`);
}

const changed = (detail: string) =>
  new ConnectorError('source_shape_changed', `${detail} Save the query again to use the new columns.`);
