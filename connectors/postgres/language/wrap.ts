import type { ResultColumn } from '@sallyport/contract';
import { beyond } from '../../language/beyond.ts';
import { apart, type Held, heldBefore } from '../../language/held-binds.ts';
import { dropsOffset, utcText } from '../../language/utc-text.ts';
import { COMPARE, escapeLike, windowTexts } from '../../language/window-texts.ts';
import type { CheckedWindow, WindowBind, Wrapped } from '../../language.ts';
import type { BindValue } from '../../port.ts';
import { fitsFloat } from './float-range.ts';
import { quote } from './quote.ts';

/** Types whose values compare as the text that they are; others that travel as text are cast first. */
const TEXT = /^(text|character varying|varchar|bpchar|character|char|name|citext)\b/;

/** `format_type`'s writing of a type without modifiers; what is not written so is never part of a statement. */
const TYPE_NAME = /^(?:(?:[a-z_][a-z0-9_]*|"(?:[^"]|"")+")\.)?(?:[a-z_][a-z0-9_]*|"(?:[^"]|"")+")$/;

/**
 * The type that a column of a position is compared in, where it may be the database's own: beside a composite one, a
 * placeholder is of no type that has an input, and a domain over an enumeration or a range has no comparison. A composite
 * value whose parts are all missing is none to `is null`, and one to ORDER BY.
 */
const castOf = ({ type, engineType }: ResultColumn): string =>
  type === 'text' && !TEXT.test(engineType) && TYPE_NAME.test(engineType) ? `::${engineType}` : '';

/**
 * Puts a window around a compiled statement (Q17). Everything in the text is the compiled statement, quoted names of
 * compiled columns and fixed words; every value is a bind after the statement's own.
 */
export function wrapPostgres(
  text: string,
  binds: readonly BindValue[],
  columns: readonly ResultColumn[],
  window: CheckedWindow,
): Wrapped {
  const values: Held[] = heldBefore(binds);
  const bind: Bind = (given, of, column) => {
    const value = dropsOffset(column?.engineType ?? '') ? utcText(given) : given;
    return `$${values.push({ value, holds: { of, name: column?.name ?? null } })}`;
  };
  const conditions = window.filters.map((filter) => condition(filter, bind));
  if (window.search?.columns.length === 0) conditions.push('false');
  else if (window.search !== null) {
    const pattern = bind(`%${escapeLike(window.search.text)}%`, 'search');
    conditions.push(`(${window.search.columns.map((c) => like(c, pattern)).join(' or ')})`);
  }
  // One placeholder a column: PostgreSQL takes its type, and so its operators, from the column beside it.
  const placeholders = new Map<string, string>();
  const { position } = window;
  const name = (column: string) => `t.${quote(column)}`;
  const past = position && {
    side: position.side,
    condition: beyond(position, {
      name: (column) => `${name(column.name)}${castOf(column)}`,
      missing: (column) => `${name(column.name)} is ${castOf(column) === '' ? '' : 'not distinct from '}null`,
      present: (column) => `${name(column.name)} is ${castOf(column) === '' ? 'not' : 'distinct from'} null`,
      bind: (column, value) => {
        const placeholder =
          placeholders.get(column.name) ?? `${bind(value, 'position', column)}${castOf(column)}`;
        placeholders.set(column.name, placeholder);
        return placeholder;
      },
      nullsFirst: (direction) => direction === 'desc',
      rows: true,
    }),
  };
  const matching = values.length;
  const count = `${bind(String(window.limit), 'limit')}::bigint`;
  const offset = `${bind(String(window.offset), 'offset')}::bigint`;
  const names = columns.map((column) => name(column.name));
  const order = window.order.map(({ column, direction }) => `${name(column)} ${direction}`);
  const { page, total } = windowTexts({
    text,
    names,
    conditions,
    order: window.order,
    name: ({ column }) => name(column),
    count,
    limit: ` limit ${count} offset ${offset}`,
    past,
  });
  // The total has the placeholders of the page up to the last that it uses.
  const used = matching + (past?.side === 'before' ? 1 : 0);
  return {
    ...(window.loose
      ? { statement: numbered({ text, names, conditions, order, count, offset }), steady: true }
      : { statement: page }),
    ...apart(values),
    ...(window.total ? { total: { statement: total, ...apart(values.slice(0, used)) } } : {}),
  };
}

/**
 * A page of rows that an order leaves alike, or that have none: they keep the order in which the statement brings them, by
 * their numbers. Under a LIMIT the engine plans for the page, and sorts only as far as it goes: such rows stood elsewhere for
 * each, and came twice or never.
 */
function numbered(page: {
  readonly text: string;
  /** The columns of the result, as they are selected. */
  readonly names: readonly string[];
  readonly conditions: readonly string[];
  readonly order: readonly string[];
  readonly count: string;
  readonly offset: string;
}): string {
  const { text, names, conditions, order, count, offset } = page;
  let number = 't."number"';
  while (names.includes(number)) number = number.replace(/"$/, '_"');
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  const rows = `select t.*, row_number() over () as ${number.slice(2)} from (${text}\n) t${where}`;
  const from = `select ${names.join(', ')} from (${rows}) t`;
  // Without another order, PostgreSQL 15 stops at the last number.
  return order.length === 0
    ? `${from} where ${number} > ${offset} and ${number} <= ${offset} + ${count} order by ${number}`
    : `${from} order by ${[...order, number].join(', ')} limit ${count} offset ${offset}`;
}

type Bind = (value: BindValue, of: WindowBind['of'], column?: ResultColumn) => string;

function condition({ column, operator, value }: CheckedWindow['filters'][number], bind: Bind): string {
  const direct = column.type !== 'text' || TEXT.test(column.engineType);
  // An index serves all three sizes, and a value too large for the column's own is still before or after it.
  const whole = /^(smallint|integer|bigint)$/.test(column.engineType);
  const name = direct ? `t.${quote(column.name)}` : textOf(column);
  const byWriting = !direct && column.alike === true;
  switch (operator) {
    case 'isNull':
      return `${name} is null`;
    case 'isNotNull':
      return `${name} is not null`;
    case 'in': {
      const items = Array.isArray(value) ? value.filter((item) => fitsFloat(column, item)) : value;
      const list = `any(${bind(items, 'filter', column)}${whole ? '::bigint[]' : ''})`;
      return afterGroups(`${name} = ${list}`, byWriting);
    }
    case 'contains':
      return like(column, bind(`%${escapeLike(String(value))}%`, 'filter', column));
    case 'startsWith':
      return like(column, bind(`${escapeLike(String(value))}%`, 'filter', column));
    default: {
      const compared = `${COMPARE[operator]} ${bind(value, 'filter', column)}`;
      if (!fitsFloat(column, value)) return `${name}::numeric ${compared}::numeric`;
      return afterGroups(`${name} ${compared}${whole ? '::bigint' : ''}`, byWriting);
    }
  }
}

/**
 * A condition on how a value is written, where equal ones may be written differently. The engine would ask it of the rows
 * before it groups them by such a column, and count those alone that are written so; what speaks of the row as a whole,
 * which is always there, it leaves for after.
 */
const afterGroups = (asked: string, alike: boolean): string =>
  alike ? `case when t.* is distinct from null then ${asked} end` : asked;

/** The text that a value is answered as; `::text` writes an address with a length that was not there. */
const textOf = ({ name, engineType }: ResultColumn): string =>
  engineType === 'inet' ? `pg_catalog.abbrev(t.${quote(name)})` : `t.${quote(name)}::text`;

/** By the database's own collation: under one in which texts that differ are equal, PostgreSQL looks for no pattern. */
function like(column: ResultColumn, pattern: string): string {
  // The cast would take away the spaces that fill a `character`.
  const text = column.engineType.startsWith('character(') ? `t.${quote(column.name)}` : textOf(column);
  const asked = `${text} collate "default" ilike ${pattern}::text escape '!'`;
  return afterGroups(asked, column.alike === true);
}
