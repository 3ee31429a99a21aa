import { LAST_INSTANT } from '@sallyport/connectors/language/utc-text.ts';
import type { CheckedWindow, Ordering, WindowOrdering } from '@sallyport/connectors/language.ts';
import {
  hasOrder,
  type ResultColumn,
  type ValueType,
  WINDOW_OPERATORS,
  type Window,
} from '@sallyport/contract';
import type { RefusalPlace } from '../../kernel/refusal.ts';
import { checkPosition } from './check-position.ts';
import type { CompiledQuery } from './compiled-query.ts';
import { refuse } from './refusals.ts';
import { sqlLanguageOf } from './sql-language-of.ts';
import { readOddValue } from './values/read-position-value.ts';
import { readValue } from './values/read-value.ts';
import { ValueFault } from './values/value-fault.ts';

/**
 * Checks a window against the compiled result (Q17): columns by name, operators from the closed list of their type,
 * values typed. Refuses with `window_invalid` and every place.
 */
export function checkWindow(compiled: CompiledQuery, window: Window): CheckedWindow {
  if (!compiled.windowed || compiled.result === null) throw refuse('window_not_allowed');
  const columns = new Map(compiled.result.map((column) => [column.name, column]));
  const places: RefusalPlace[] = [];
  const columnOf = (name: string, path: string): ResultColumn | undefined => {
    const column = columns.get(name);
    if (column === undefined) places.push({ path, message: 'The result does not have this column.' });
    return column;
  };
  const sort = window.sort.flatMap(({ column, direction }, i): Ordering[] => {
    const found = columnOf(column, `window.sort.${i}.column`);
    if (found !== undefined && !hasOrder(found)) {
      places.push({ path: `window.sort.${i}.column`, message: 'This column cannot be sorted.' });
    }
    return found === undefined ? [] : [{ column, direction }];
  });
  const filters = window.filters.flatMap((filter, i): CheckedWindow['filters'][number][] => {
    const path = `window.filters.${i}`;
    const column = columnOf(filter.column, `${path}.column`);
    if (column === undefined) return [];
    if (!WINDOW_OPERATORS[column.type].includes(filter.operator)) {
      places.push({
        path: `${path}.operator`,
        message: `A column of type ${column.type} does not support “${filter.operator}”.`,
      });
      return [];
    }
    try {
      return [{ column, operator: filter.operator, value: filterValue(filter, column, compiled.language) }];
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error;
      places.push({ path: `${path}.value`, message: error.message });
      return [];
    }
  });
  if (window.search?.includes('\0') === true || window.search?.isWellFormed() === false) {
    places.push({ path: 'window.search', message: 'This text cannot be searched for.' });
  }
  const order = orderOf(compiled, sort);
  const position = checkPosition(compiled, window, order, places);
  if (places.length > 0) throw refuse('window_invalid', { places });
  const search = window.search?.trim() ?? '';
  const texts = compiled.result.filter((column) => column.type === 'text');
  const searched = search !== '' && (texts.length > 0 || compiled.compiler >= SEARCHED_SINCE_COMPILER);
  return {
    limit: window.limit,
    offset: window.offset,
    order,
    loose: isLoose(compiled, order),
    filters,
    search: searched ? { columns: texts, text: search } : null,
    total: window.total,
    position,
  };
}

/** The first compiler whose wrapper keeps rows that are alike in an order apart: an older release sends what it sent (Q9). */
const ENDED_SINCE_COMPILER = 7;
/** The first that also knows of values that differ and are alike to the engine. */
const TOLD_APART_SINCE_COMPILER = 8;
/** The first whose wrapper finds nothing where no column could be searched: before, it answered every row. */
const SEARCHED_SINCE_COMPILER = 8;
/** The first whose wrapper leaves rows without a key in the statement's own order, where PostgreSQL keeps one. */
const KEPT_SINCE_COMPILER = 15;
/**
 * Columns that end an order without a key. With four that are asked for, fifteen rows of them fit in the 256 KiB that MySQL
 * sorts in, 1 KiB each; else it refuses to sort.
 */
const MOST_ENDING = 12;

/**
 * The order asked for, else the statement's own; the key comes last, so that pages neither overlap nor skip. It goes
 * the way of the column before it, so that one index serves both directions. Where no key is known, the other columns stand
 * for it: of rows that are alike in an order, engines answer other ones first for each page.
 */
function orderOf(compiled: CompiledQuery, sort: readonly Ordering[]): WindowOrdering[] {
  const base = sort.length > 0 ? sort : compiled.order;
  // An order inside that is no column of the result is kept as it is: an order outside would undo it.
  if (base.length === 0 && compiled.ordered) return [];
  if (sort.length === 0 && keepsOwn(compiled)) return [];
  const seen = new Set<string>();
  const first = base.filter(({ column }) => !seen.has(column) && seen.add(column));
  const direction = first.at(-1)?.direction ?? 'asc';
  if (compiled.key.length === 0 && first.length > 0)
    return [...first, ...othersOf(compiled, seen).map((one) => ({ ...one, direction }))];
  const key = compiled.key.filter((column) => !seen.has(column));
  return [...first, ...key.map((column) => ({ column, direction }))];
}

/**
 * Rows without a key that PostgreSQL brings in the statement's own order: pages are cut by their numbers in it, and the
 * engine stops at the last. To order them once more, it would read them all.
 */
const keepsOwn = ({ compiler, language, key, ordered }: CompiledQuery): boolean =>
  compiler >= KEPT_SINCE_COMPILER && language === 'postgresql' && key.length === 0 && ordered;

/** In MySQL, texts that a collation takes for alike end the order by their bytes: those that it sorts by already, too. */
function othersOf(
  compiled: CompiledQuery,
  seen: ReadonlySet<string>,
): readonly Pick<WindowOrdering, 'column' | 'bytes'>[] {
  const { compiler, language, result } = compiled;
  // MySQL sorts by JSON and bytes too, though no person asks for it.
  const sorts = (column: ResultColumn) =>
    hasOrder(column) || (language === 'mysql' && (column.type === 'json' || column.type === 'binary'));
  const byBytes = (column: ResultColumn) =>
    language === 'mysql' &&
    compiler >= TOLD_APART_SINCE_COMPILER &&
    !sqlLanguageOf(compiled).tellsApart(column);
  const others = (result ?? []).flatMap((column) => {
    const bytes = byBytes(column);
    if (!sorts(column) || (seen.has(column.name) && !bytes)) return [];
    return { column: column.name, ...(bytes ? { bytes } : {}) };
  });
  return compiler < ENDED_SINCE_COMPILER ? [] : others.slice(0, MOST_ENDING);
}

/** Whether rows that differ may be alike in the order: it has no key, and leaves out some column. */
function isLoose(compiled: CompiledQuery, order: readonly Ordering[]): boolean {
  const { compiler, key } = compiled;
  const result = compiled.result ?? [];
  const whole = (names: readonly string[]) =>
    names.every((name) => order.some(({ column }) => column === name));
  const alike = (column: ResultColumn) =>
    column.alike === true ||
    (compiler >= TOLD_APART_SINCE_COMPILER && !sqlLanguageOf(compiled).tellsApart(column));
  const told =
    (key.length > 0 && whole(key)) || (whole(result.map(({ name }) => name)) && !result.some(alike));
  return compiler >= ENDED_SINCE_COMPILER && !told;
}

function filterValue(
  filter: Window['filters'][number],
  column: ResultColumn,
  language: CompiledQuery['language'],
) {
  if (filter.operator === 'isNull' || filter.operator === 'isNotNull') {
    if (filter.value !== undefined && filter.value !== null)
      throw new ValueFault('This operator does not take a value.');
    return null;
  }
  if (filter.value === undefined) throw new ValueFault('A value is required.');
  // What a cell shows can be asked for.
  const odd = filter.operator === 'in' ? null : readOddValue(filter.value, column.type, language);
  if (odd !== null) return odd;
  return readValue(filter.value, {
    type: column.type as ValueType,
    list: filter.operator === 'in',
    nullable: false,
    // What `bigint unsigned` holds.
    ...(language === 'mysql' && column.type === 'integer' ? { max: '18446744073709551615' } : {}),
    ...(language === 'mysql' && column.type === 'timestamp' ? { max: LAST_INSTANT } : {}),
    maxLength: 10_000,
    maxItems: 1_000,
  });
}
