import type { CatalogTable } from '@sallyport/contract';

export type Dialect = 'postgres' | 'mysql';

/** What is written behind `U&`. */
const escaped = (name: string): string => name.replaceAll('\\', '\\\\').replaceAll('{', '\\007b');

/** An identifier as the engine quotes it. `{{` would be a hole (Q1): PostgreSQL takes it escaped, MySQL knows no escape. */
export function quote(dialect: Dialect, name: string): string {
  if (dialect === 'mysql') return `\`${name.replaceAll('`', '``')}\``;
  if (name.includes('{{')) return `U&"${escaped(name).replaceAll('"', '""')}"`;
  return `"${name.replaceAll('"', '""')}"`;
}

/** The same name as a text of PostgreSQL. */
function literal(name: string): string {
  const text = name.replaceAll("'", "''");
  return name.includes('{{') ? `U&'${escaped(text)}'` : `'${text}'`;
}

const tableName = (dialect: Dialect, table: CatalogTable): string =>
  `${quote(dialect, table.schema)}.${quote(dialect, table.name)}`;

/** A column and the expression whose value is bound to it. */
export interface Bound {
  readonly column: string;
  readonly expression: string;
  /** Its value is the text of JSON, which the engine reads: as a value of JSON, or as a list of the column's own type. */
  readonly json?: 'value' | 'list';
}

const hole = (expression: string): string => `{{ ${expression} }}`;

/**
 * A text stays one on its way, where the column alone would have it taken for a value of JSON. PostgreSQL reads a list as
 * it would read the row: lists within lists, and figures without digits, are of no type that an argument has.
 */
function given(dialect: Dialect, table: CatalogTable, { column, expression, json }: Bound): string {
  if (json === undefined) return hole(expression);
  if (dialect === 'mysql') return `cast(${hole(expression)} as char)`;
  const value = `${hole(expression)}::text::json`;
  const row = `null::${tableName(dialect, table)}`;
  return json === 'value'
    ? value
    : `(json_populate_record(${row}, json_build_object(${literal(column)}, ${value}))).${quote(dialect, column)}`;
}

/** Of the columns in `measured`, how many bytes they hold. */
export function selectAll(dialect: Dialect, table: CatalogTable, measured: readonly string[]): string {
  const columns = table.columns.map(({ name }) => {
    const column = quote(dialect, name);
    return measured.includes(name) ? `octet_length(${column}) as ${column}` : column;
  });
  return `select ${columns.join(', ')}\nfrom ${tableName(dialect, table)}`;
}

export function insert(dialect: Dialect, table: CatalogTable, values: readonly Bound[]): string {
  const into = `insert into ${tableName(dialect, table)}`;
  if (values.length === 0) return dialect === 'mysql' ? `${into} () values ()` : `${into} default values`;
  const columns = values.map((value) => quote(dialect, value.column)).join(', ');
  return `${into} (${columns})\nvalues (${values.map((value) => given(dialect, table, value)).join(', ')})`;
}

/**
 * An update that takes effect only while the row still is what the person saw: `seen` are the values before the edit.
 * Somebody else's change in between then refuses this one instead of being overwritten without a word.
 */
export function update(
  dialect: Dialect,
  table: CatalogTable,
  values: readonly Bound[],
  key: readonly Bound[],
  seen: readonly Bound[],
): string {
  const set = values
    .map((value) => `${quote(dialect, value.column)} = ${hole(value.expression)}`)
    .join(',\n    ');
  const unchanged = seen.map(({ column, expression }) =>
    dialect === 'mysql'
      ? sameInMysql(table, column, hole(expression))
      : `${compared(table, column)} is not distinct from ${hole(expression)}`,
  );
  return `update ${tableName(dialect, table)}\nset ${set}\nwhere ${[...matches(dialect, table, key), ...unchanged].join('\n  and ')}`;
}

/** Texts that one of its collations may call equal though they differ: they are compared letter by letter. */
const COLLATES = /^(?:text|character(?: varying)?|bpchar)(?!\w)/;

/** Types of PostgreSQL that are texts here and whose `=` takes what was answered of them. */
const COMPARES = /^(?:text|character(?: varying)?|bpchar|"char"|name|inet|cidr|macaddr|time)(?!\w)/;

/**
 * A column as it is compared with what was seen: a point or XML has no `=`, a composite type reads no text there, and
 * `1 mon` equals `30 days`.
 */
function compared(table: CatalogTable, name: string): string {
  const column = columnOf(table, name);
  const direct =
    column === undefined ||
    column.type !== 'text' ||
    column.choices !== undefined ||
    COMPARES.test(column.engineType);
  const collates = column?.type === 'text' && COLLATES.test(column.engineType);
  const own = typed('postgres', table, name);
  return collates ? `${own} collate "C"` : direct ? own : `${quote('postgres', name)}::text`;
}

/** By its letters: in most collations of MySQL `Müller` equals `muller`, and who corrected one would lose it unseen. */
function sameInMysql(table: CatalogTable, name: string, value: string): string {
  const column = quote('mysql', name);
  return /^(?:(?:var)?char|(?:tiny|medium|long)?text)\b/.test(columnOf(table, name)?.engineType ?? '')
    ? `cast(convert(${column} using utf8mb4) as binary) <=> cast(${value} as binary)`
    : `${column} <=> ${value}`;
}

export function remove(dialect: Dialect, table: CatalogTable, key: readonly Bound[]): string {
  return `delete from ${tableName(dialect, table)}\nwhere ${matches(dialect, table, key).join('\n  and ')}`;
}

const matches = (dialect: Dialect, table: CatalogTable, key: readonly Bound[]): string[] =>
  key.map((part) => `${typed(dialect, table, part.column)} = ${keyValue(dialect, table, part)}`);

/** Bytes come as base64. What PostgreSQL may not know the type of beside the column, a composite one, is read as that. */
function keyValue(dialect: Dialect, table: CatalogTable, { column: name, expression }: Bound): string {
  const column = columnOf(table, name);
  if (column?.type === 'binary')
    return dialect === 'mysql' ? `from_base64(${hole(expression)})` : `decode(${hole(expression)}, 'base64')`;
  const known = column?.type !== 'text' || column.choices !== undefined || COMPARES.test(column.engineType);
  return dialect === 'mysql' || known ? hole(expression) : `${hole(expression)}::text::${column.engineType}`;
}

/** PostgreSQL finds no `=` for a domain over an enumeration: what is compared is what the domain stands on. */
function typed(dialect: Dialect, table: CatalogTable, name: string): string {
  const column = columnOf(table, name);
  const cast =
    column?.domain !== undefined && column.choices !== undefined && !COMPARES.test(column.engineType);
  return `${quote(dialect, name)}${cast ? `::${column.engineType}` : ''}`;
}

const columnOf = (table: CatalogTable, name: string) => table.columns.find((one) => one.name === name);
