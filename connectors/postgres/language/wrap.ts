import type { ResultColumn } from '@sallyport/contract';
import { beyond, reversed } from '../../language/beyond.ts';
import type { CheckedWindow, Ordering, Wrapped } from '../../language.ts';
import type { BindValue } from '../../port.ts';

/** A name as PostgreSQL quotes it. */
const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const COMPARE = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** Types whose values compare as the text that they are; others that travel as text are cast first. */
const TEXT = /^(text|character varying|varchar|bpchar|character|char|name|citext)\b/;

/**
 * Puts a window around a compiled statement (Q17). Everything in the text is the compiled statement, quoted names of
 * compiled columns and fixed words; every value is a bind after the statement's own. The line break before `)` keeps a
 * closing line comment of the statement from swallowing it.
 */
export function wrapPostgres(
  text: string,
  binds: readonly BindValue[],
  columns: readonly ResultColumn[],
  window: CheckedWindow,
): Wrapped {
  const values: BindValue[] = [...binds];
  const bind = (value: BindValue): string => `$${values.push(value)}`;
  const conditions = window.filters.map((filter) => condition(filter, bind));
  if (window.search !== null && window.search.columns.length > 0) {
    const pattern = bind(`%${escapeLike(window.search.text)}%`);
    conditions.push(
      `(${window.search.columns.map((c) => `t.${quote(c.name)}::text ilike ${pattern}::text escape '!'`).join(' or ')})`,
    );
  }
  const from = `from (${text}\n) t`;
  const names = columns.map((c) => `t.${quote(c.name)}`).join(', ');
  const limit = (count: string, offset: string) => ` limit ${count}::bigint offset ${offset}::bigint`;
  const { position } = window;
  if (position === null) {
    const matching = from + whereOf(conditions);
    const counted = window.total
      ? { statement: `select count(*) ${matching}`, binds: [...values] }
      : undefined;
    const page = limit(bind(String(window.limit)), bind(String(window.offset)));
    const statement = `select ${names} ${matching}${orderOf(window.order)}${page}`;
    return { statement, binds: values, ...(counted === undefined ? {} : { total: counted }) };
  }
  // One placeholder a column: PostgreSQL takes its type, and so its operators, from the column beside it.
  const placeholders = new Map<string, string>();
  const past = beyond(position, {
    name: (column) => `t.${quote(column)}`,
    bind: (column, value) => {
      const placeholder = placeholders.get(column.name) ?? bind(value);
      placeholders.set(column.name, placeholder);
      return placeholder;
    },
    nullsFirst: (direction) => direction === 'desc',
    rows: true,
  });
  const count = bind(String(window.limit));
  const before =
    position.side === 'after'
      ? `count(*) - count(case when ${past} then 1 end)`
      : `greatest(count(case when ${past} then 1 end) - ${count}::bigint, 0)`;
  const total = {
    statement: `select count(*), ${before} ${from}${whereOf(conditions)}`,
    binds: position.side === 'after' ? values.slice(0, -1) : [...values],
  };
  const matching = from + whereOf([...conditions, past]);
  const page = limit(count, bind('0'));
  const statement =
    position.side === 'after'
      ? `select ${names} ${matching}${orderOf(window.order)}${page}`
      : `select ${names} from (select ${names} ${matching}${orderOf(reversed(window.order))}${page}) t${orderOf(window.order)}`;
  return { statement, binds: values, ...(window.total ? { total } : {}) };
}

const whereOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;

const orderOf = (order: readonly Ordering[]): string =>
  order.length === 0 ? '' : ` order by ${order.map((o) => `t.${quote(o.column)} ${o.direction}`).join(', ')}`;

function condition(filter: CheckedWindow['filters'][number], bind: (value: BindValue) => string): string {
  const { column, operator, value } = filter;
  const direct = column.type !== 'text' || TEXT.test(column.engineType);
  const name = `t.${quote(column.name)}${direct ? '' : '::text'}`;
  switch (operator) {
    case 'isNull':
      return `${name} is null`;
    case 'isNotNull':
      return `${name} is not null`;
    case 'in':
      return `${name} = any(${bind(value)})`;
    case 'contains':
      return `${name}::text ilike ${bind(`%${escapeLike(String(value))}%`)}::text escape '!'`;
    case 'startsWith':
      return `${name}::text ilike ${bind(`${escapeLike(String(value))}%`)}::text escape '!'`;
    default:
      return `${name} ${COMPARE[operator]} ${bind(value)}`;
  }
}

/** `!` is the escape, since a backslash means different things under different settings. */
export const escapeLike = (text: string): string => text.replace(/[!%_]/g, '!$&');
