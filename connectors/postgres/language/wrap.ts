import type { ResultColumn } from '@sallyport/contract';
import type { CheckedWindow, Wrapped } from '../../language.ts';
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
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  const from = `from (${text}\n) t${where}`;
  const counted = window.total ? { statement: `select count(*) ${from}`, binds: [...values] } : undefined;
  const order =
    window.order.length === 0
      ? ''
      : ` order by ${window.order.map((o) => `t.${quote(o.column)} ${o.direction}`).join(', ')}`;
  const limit = ` limit ${bind(String(window.limit))}::bigint offset ${bind(String(window.offset))}::bigint`;
  const statement = `select ${columns.map((c) => `t.${quote(c.name)}`).join(', ')} ${from}${order}${limit}`;
  return { statement, binds: values, ...(counted === undefined ? {} : { total: counted }) };
}

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
