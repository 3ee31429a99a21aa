import type { CheckedPosition, Ordering, PositionValue } from '@sallyport/connectors/language.ts';
import type { Window } from '@sallyport/contract';
import type { RefusalPlace } from '../../kernel/refusal.ts';
import type { CompiledQuery } from './compiled-query.ts';
import { sqlLanguageOf } from './sql-language-of.ts';
import { readPositionValue } from './values/read-position-value.ts';
import { ValueFault } from './values/value-fault.ts';

/** The first compiler whose wrapper knows positions: what an older release can issue does not grow (Q9). */
const SINCE_COMPILER = 2;

/**
 * The columns whose values say where a row stands in an order (Q17). Null where that is not known: without the key two
 * rows could stand at one place, and not every column compares as it is ordered.
 */
export function positionColumns(compiled: CompiledQuery, order: readonly Ordering[]): string[] | null {
  const { key, result } = compiled;
  const columns = order.map(({ column }) => column);
  if (compiled.compiler < SINCE_COMPILER || key.length === 0) return null;
  if (!key.every((column) => columns.includes(column))) return null;
  const language = sqlLanguageOf(compiled);
  const compares = (name: string) => {
    const column = result?.find((one) => one.name === name);
    return column !== undefined && language.comparable(column);
  };
  return columns.every(compares) ? columns : null;
}

/** Checks a window's position against the columns of its order: each there, none too many, each of its type. */
export function checkPosition(
  compiled: CompiledQuery,
  window: Window,
  order: readonly Ordering[],
  places: RefusalPlace[],
): CheckedPosition | null {
  const side = window.after === undefined ? 'before' : 'after';
  const given = window[side];
  if (given === undefined) return null;
  const path = `window.${side}`;
  const fault = (message: string, at = path): null => {
    places.push({ path: at, message });
    return null;
  };
  if (window.after !== undefined && window.before !== undefined) {
    return fault('Use either “after” or “before”, not both.');
  }
  if (window.offset !== 0) return fault('Use either a position or an offset, not both.');
  const columns = positionColumns(compiled, order);
  if (columns === null) {
    return fault('These rows have no known key in their order, so use an offset.');
  }
  if (Object.keys(given).some((name) => !columns.includes(name))) {
    return fault(`A position can only contain the columns of the order: ${columns.join(', ')}.`);
  }
  const at = order.flatMap(({ column: name, direction }): PositionValue[] => {
    const column = compiled.result?.find((one) => one.name === name);
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (column === undefined || value === undefined) {
      fault('A value is required.', `${path}.${name}`);
      return [];
    }
    if (value === null && compiled.key.includes(name)) {
      fault('A key must have a value.', `${path}.${name}`);
      return [];
    }
    try {
      return [{ column, direction, value: readPositionValue(value, column, compiled.language) }];
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error;
      fault(error.message, `${path}.${name}`);
      return [];
    }
  });
  return { side, at };
}
