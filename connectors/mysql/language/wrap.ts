import type { ResultColumn } from '@sallyport/contract';
import { beyond, reversed } from '../../language/beyond.ts';
import type { CheckedWindow, Ordering, Wrapped } from '../../language.ts';
import type { BindValue } from '../../port.ts';
import { positionPlaceholder } from './position-placeholder.ts';
import { utcText } from './utc-text.ts';

/** A name as MySQL quotes it. */
const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

const COMPARE = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** How a bind is read, so that a number is never compared as a floating-point one. */
const CAST: Readonly<Record<ResultColumn['type'], string>> = {
  integer: 'cast(? as decimal(65,0))',
  decimal: 'cast(? as decimal(65,30))',
  date: 'cast(? as date)',
  timestamp: 'cast(? as datetime(6))',
  text: '?',
  boolean: '?',
  uuid: '?',
  json: '?',
  binary: '?',
};

/** Puts a window around a compiled statement (Q17); see the PostgreSQL one. Placeholders count by their place. */
export function wrapMysql(
  text: string,
  binds: readonly BindValue[],
  columns: readonly ResultColumn[],
  window: CheckedWindow,
): Wrapped {
  const values: BindValue[] = [...binds];
  const conditions = window.filters.map((filter) => condition(filter, values));
  if (window.search !== null && window.search.columns.length > 0) {
    const pattern = `%${escapeLike(window.search.text)}%`;
    const each = window.search.columns.map((column) => {
      values.push(pattern);
      return like(`t.${quote(column.name)}`);
    });
    conditions.push(`(${each.join(' or ')})`);
  }
  const from = `from (${text}\n) t`;
  const names = columns.map((c) => `t.${quote(c.name)}`).join(', ');
  // Both are integers that the gateway checked: digits, since a prepared LIMIT takes no text.
  const count = String(Math.trunc(window.limit));
  const limit = ` limit ${count} offset ${Math.trunc(window.offset)}`;
  const { position } = window;
  if (position === null) {
    const matching = from + whereOf(conditions);
    const statement = `select ${names} ${matching}${orderOf(window.order)}${limit}`;
    const total = { statement: `select count(*) ${matching}`, binds: values };
    return { statement, binds: values, ...(window.total ? { total } : {}) };
  }
  const at: BindValue[] = [];
  const past = beyond(position, {
    name: (column) => `t.${quote(column)}`,
    bind: (column, value) => {
      at.push(bound(column, value));
      return positionPlaceholder(column);
    },
    nullsFirst: (direction) => direction === 'asc',
    rows: false,
  });
  const matching = from + whereOf([...conditions, past]);
  const after = position.side === 'after';
  const statement = after
    ? `select ${names} ${matching}${orderOf(window.order)}${limit}`
    : `select ${names} from (select ${names} ${matching}${orderOf(reversed(window.order))}${limit}) t${orderOf(window.order)}`;
  const beyondIt = `count(case when ${past} then 1 end)`;
  const before = after ? `count(*) - ${beyondIt}` : `greatest(${beyondIt} - ${count}, 0)`;
  const total = {
    statement: `select count(*), ${before} ${from}${whereOf(conditions)}`,
    binds: [...at, ...values],
  };
  return { statement, binds: [...values, ...at], ...(window.total ? { total } : {}) };
}

const whereOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;

const orderOf = (order: readonly Ordering[]): string =>
  order.length === 0 ? '' : ` order by ${order.map((o) => `t.${quote(o.column)} ${o.direction}`).join(', ')}`;

function condition(filter: CheckedWindow['filters'][number], values: BindValue[]): string {
  const { column, operator, value } = filter;
  const name = `t.${quote(column.name)}`;
  switch (operator) {
    case 'isNull':
      return `${name} is null`;
    case 'isNotNull':
      return `${name} is not null`;
    case 'in': {
      const items = Array.isArray(value) ? value : [value];
      if (items.length === 0) return 'false';
      for (const item of items) values.push(bound(column, item as BindValue));
      return `${name} in (${items.map(() => CAST[column.type]).join(', ')})`;
    }
    case 'contains':
      values.push(`%${escapeLike(String(value))}%`);
      return like(name);
    case 'startsWith':
      values.push(`${escapeLike(String(value))}%`);
      return like(name);
    default:
      values.push(bound(column, value));
      return `${name} ${COMPARE[operator]} ${CAST[column.type]}`;
  }
}

const bound = (column: ResultColumn, value: BindValue): BindValue =>
  column.type === 'timestamp' ? utcText(value) : value;

const like = (name: string): string => `lower(${name}) like lower(?) escape '!'`;
const escapeLike = (text: string): string => text.replace(/[!%_]/g, '!$&');
