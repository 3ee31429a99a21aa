import type { ResultColumn } from '@sallyport/contract';
import { beyond } from '../../language/beyond.ts';
import { apart, type Held, heldBefore } from '../../language/held-binds.ts';
import { utcText } from '../../language/utc-text.ts';
import { COMPARE, escapeLike, windowTexts } from '../../language/window-texts.ts';
import type { CheckedWindow, WindowBind, Wrapped } from '../../language.ts';
import type { BindValue } from '../../port.ts';
import { filterPlaceholder } from './filter-placeholder.ts';
import { positionPlaceholder } from './position-placeholder.ts';
import { asSingle, isSingle } from './single.ts';

/** A name as MySQL quotes it. */
const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** `is null` is true of `0000-00-00` too, where the column may not be null. */
const missing = ({ name, type }: ResultColumn): string =>
  `t.${quote(name)} ${type === 'date' || type === 'timestamp' ? '<=>' : 'is'} null`;

/** Puts a window around a compiled statement (Q17); see the PostgreSQL one. */
export function wrapMysql(
  text: string,
  binds: readonly BindValue[],
  columns: readonly ResultColumn[],
  window: CheckedWindow,
): Wrapped {
  const values: Held[] = heldBefore(binds);
  const conditions = window.filters.map((filter) => condition(filter, values));
  if (window.search?.columns.length === 0) conditions.push('false');
  else if (window.search !== null) {
    const pattern = `%${escapeLike(window.search.text)}%`;
    const each = window.search.columns.map((column) => {
      values.push(held('search', column, pattern));
      return like(`t.${quote(column.name)}`);
    });
    conditions.push(`(${each.join(' or ')})`);
  }
  // Both are integers that the gateway checked: digits, since a prepared LIMIT takes no text.
  const count = String(Math.trunc(window.limit));
  const at: Held[] = [];
  const { position } = window;
  const name = (column: string) => `t.${quote(column)}`;
  const past = position && {
    side: position.side,
    condition: beyond(position, {
      name: (column) => name(column.name),
      missing,
      present: (column) => `${name(column.name)} is not null`,
      bind: (column, value) => {
        at.push(held('position', column, bound(column, value)));
        return positionPlaceholder(column);
      },
      nullsFirst: (direction) => direction === 'asc',
      rows: false,
    }),
  };
  const { page, total } = windowTexts({
    text,
    names: columns.map((column) => name(column.name)),
    turned: columns.map((column) => unrounded(name(column.name), column)),
    conditions,
    order: window.order,
    name: ({ column, bytes }) => (bytes ? `cast(${name(column)} as binary)` : name(column)),
    count,
    limit: ` limit ${count} offset ${Math.trunc(window.offset)}`,
    past,
  });
  // Placeholders count by their place: the page has the position's last, the total first.
  return {
    statement: page,
    ...apart([...values, ...at]),
    ...(window.total ? { total: { statement: total, ...apart([...at, ...values]) } } : {}),
  };
}

/**
 * A sub-select keeps as many digits of a number as its type shows: of `price / 3`, where `price` is a double(10,2), six.
 * Such a value was another on the page before, and as a position led to rows that had been there.
 */
const unrounded = (text: string, { name, engineType }: ResultColumn): string =>
  engineType === 'double' ? `${text} * 1e0 as ${quote(name)}` : text;

function condition(filter: CheckedWindow['filters'][number], values: Held[]): string {
  const { column, operator, value } = filter;
  const name = `t.${quote(column.name)}`;
  const hold = (one: BindValue) => values.push(held('filter', column, one));
  switch (operator) {
    case 'isNull':
      return missing(column);
    case 'isNotNull':
      return `${name} is not null`;
    case 'in': {
      const items = Array.isArray(value) ? value : [value];
      if (items.length === 0) return 'false';
      for (const item of items) hold(bound(column, item as BindValue));
      const places = items.map((item) => filterPlaceholder(column, item as BindValue));
      // MariaDB finds the 0.416667 that it makes of 1.25 / 3 where it is compared, and in no list of several.
      return column.type === 'decimal'
        ? `(${places.map((place) => `${name} = ${place}`).join(' or ')})`
        : `${name} in (${places.join(', ')})`;
    }
    case 'contains':
      hold(`%${escapeLike(String(value))}%`);
      return like(name);
    case 'startsWith':
      hold(`${escapeLike(String(value))}%`);
      return like(name);
    default:
      hold(bound(column, value));
      return `${name} ${COMPARE[operator]} ${filterPlaceholder(column, value)}`;
  }
}

const held = (of: WindowBind['of'], { name }: ResultColumn, value: BindValue): Held => ({
  value,
  holds: { of, name },
});

const bound = ({ type, engineType }: ResultColumn, value: BindValue): BindValue =>
  type === 'timestamp' ? utcText(value) : isSingle(engineType) ? asSingle(value) : value;

/** A column of another character set cannot be compared with a text that it could not hold: it is read as one that can. */
const like = (name: string): string => `lower(convert(${name} using utf8mb4)) like lower(?) escape '!'`;
