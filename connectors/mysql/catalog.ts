import { type CatalogColumn, type CatalogTable, MOST_CATALOG_TABLES } from '@sallyport/contract';
import { COLUMN_PRIVILEGES, saidOnce } from '../denied.ts';
import { rowKeys } from '../row-keys.ts';
import { literalDefault } from './literal-default.ts';
import type { Session } from './session.ts';
import { IS_ENFORCED, UNIQUE } from './unique-keys.ts';

const SYSTEM = "('mysql', 'information_schema', 'performance_schema', 'sys')";

/** The source's own database comes first: a role may see all of those of a server, and more tables than are read. */
const TABLES = `select table_schema, table_name, table_type, table_rows, table_comment, ${IS_ENFORCED} from information_schema.tables
where table_schema not in ${SYSTEM} and table_type <> 'SEQUENCE' order by table_schema <> ifnull(database(), ''), table_schema, table_name limit ${MOST_CATALOG_TABLES + 1}`;

/** MariaDB writes each default as SQL, and of a column that has none and may be null the word. */
const columnsOf = (
  mariadb: boolean,
) => `select table_schema, table_name, column_name, column_type, data_type, is_nullable,
  column_default is not null ${mariadb ? "and column_default <> 'NULL'" : ''} or extra like '%auto_increment%', extra, column_comment, privileges,
  if(extra like '%DEFAULT_GENERATED%', null, column_default)
from information_schema.columns where table_schema not in ${SYSTEM} order by table_schema, table_name, ordinal_position`;

/** MariaDB keeps JSON as text with a check of this form; the protocol calls such a column JSON, so the catalog does too. */
const JSON_CHECKS = `select constraint_schema, table_name, constraint_name from information_schema.check_constraints
where level = 'Column' and check_clause = concat('json_valid(\`', constraint_name, '\`)') and constraint_schema not in ${SYSTEM}`;

const KEYS = `select table_schema, table_name, constraint_name, column_name, referenced_table_schema, referenced_table_name,
  referenced_column_name
from information_schema.key_column_usage
where table_schema not in ${SYSTEM} and (constraint_name = 'PRIMARY' or referenced_table_name is not null)
order by table_schema, table_name, constraint_name, ordinal_position`;

const UNIQUE_KEYS = `select table_schema, table_name, ${UNIQUE} and table_schema not in ${SYSTEM} and index_name <> 'PRIMARY'
order by table_schema, table_name, index_name, seq_in_index`;

const TYPES: Readonly<Record<string, CatalogColumn['type']>> = {
  smallint: 'integer',
  tinyint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  bigint: 'integer',
  year: 'integer',
  bit: 'integer',
  decimal: 'decimal',
  float: 'decimal',
  double: 'decimal',
  date: 'date',
  datetime: 'timestamp',
  timestamp: 'timestamp',
  json: 'json',
  uuid: 'uuid',
  binary: 'binary',
  varbinary: 'binary',
  tinyblob: 'binary',
  blob: 'binary',
  mediumblob: 'binary',
  longblob: 'binary',
  // Shown as JSON, and taken as bytes alone.
  geometry: 'binary',
  point: 'binary',
  linestring: 'binary',
  polygon: 'binary',
  multipoint: 'binary',
  multilinestring: 'binary',
  multipolygon: 'binary',
  geometrycollection: 'binary',
  vector: 'binary',
};

type Row = readonly unknown[];
const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));
const keyOf = (row: Row) => `${text(row[0])}\0${text(row[1])}`;

/** Databases, tables, columns and keys from the information schema: names, never rows. One table too many tells of more. */
export async function readCatalog(session: Session): Promise<readonly CatalogTable[]> {
  const tables = await session.command(TABLES);
  const json = new Set(
    session.isMariadb
      ? (await session.command(JSON_CHECKS)).map((row) => `${keyOf(row)}\0${text(row[2])}`)
      : [],
  );
  const columns = Map.groupBy(
    (await session.command(columnsOf(session.isMariadb))).map((row) =>
      json.has(`${keyOf(row)}\0${text(row[2])}`) ? row.with(3, 'json').with(4, 'json') : row,
    ),
    keyOf,
  );
  const keys = Map.groupBy(await session.command(KEYS), keyOf);
  const unique = Map.groupBy(await session.command(UNIQUE_KEYS), keyOf);
  return tables.map((row) => {
    const own = keys.get(keyOf(row)) ?? [];
    const named = columns.get(keyOf(row)) ?? [];
    const view = /VIEW/.test(text(row[2]));
    // MariaDB adds the end of a row's time to the key of a versioned table, as a column that is in no list.
    const primaryKey = own
      .filter((key) => key[2] === 'PRIMARY' && named.some((column) => column[2] === key[3]))
      .map((key) => text(key[3]));
    const enforced = primaryKey.length === 0 && Number(row[5]) === 1;
    const uniqueKey = enforced ? uniqueKeyOf(unique.get(keyOf(row)) ?? [], named) : undefined;
    return {
      schema: text(row[0]),
      name: text(row[1]),
      kind: view ? 'view' : 'table',
      ...saidOnce(
        named.map((column) => columnOf(column, session.isMariadb)),
        [],
      ),
      primaryKey,
      ...(uniqueKey === undefined ? {} : { uniqueKey }),
      foreignKeys: [
        ...Map.groupBy(
          own.filter((key) => key[5] !== null),
          (key) => text(key[2]),
        ).values(),
      ].map((parts) => ({
        columns: parts.map((part) => text(part[3])),
        schema: text(parts[0]![4]),
        table: text(parts[0]![5]),
        references: parts.map((part) => text(part[6])),
      })),
      estimatedRows: view || row[3] === null ? null : Number(row[3]),
      comment: view ? null : text(row[4]) || null,
    };
  });
}

function uniqueKeyOf(parts: readonly Row[], columns: readonly Row[]): string[] | undefined {
  const indexes = [...Map.groupBy(parts, (part) => text(part[2])).values()];
  const [key] = rowKeys({
    primaryKey: [],
    unique: indexes
      .filter((index) => index.every((part) => Number(part[4]) === 1))
      .map((index) => index.map((part) => text(part[3]))),
    required: columns.filter((column) => column[5] === 'NO').map((column) => text(column[2])),
  });
  return key === undefined ? undefined : [...key];
}

function columnOf(row: Row, isMariadb: boolean): CatalogColumn {
  const [, , name, columnType, dataType, nullable, hasDefault, extra, comment, privileges, written] = row;
  // MariaDB writes what others would not read as a comment: `longtext /*M!100301 COMPRESSED*/`.
  const engineType = text(columnType).replace(/ \/\*.*?\*\//g, '');
  // Answers tell a truth value by its width alone: with a sign or without one.
  const type = engineType.startsWith('tinyint(1)') ? 'boolean' : (TYPES[text(dataType)] ?? 'text');
  const byDefault =
    written === null || Number(hasDefault) === 0 ? undefined : literalDefault(text(written), type, isMariadb);
  // What an active role may do is among them. A server that only speaks like MySQL may tell none.
  const granted = text(privileges) || COLUMN_PRIVILEGES.join();
  return {
    name: text(name),
    engineType,
    type,
    nullable: nullable === 'YES',
    hasDefault: Number(hasDefault) === 1,
    ...(byDefault === undefined ? {} : { default: byDefault }),
    generated: /GENERATED|VIRTUAL|STORED|PERSISTENT/i.test(text(extra).replace(/DEFAULT_GENERATED/i, '')),
    ...(/on update/i.test(text(extra)) ? { setOnUpdate: true as const } : {}),
    comment: text(comment) || null,
    ...(text(dataType) === 'enum' ? { choices: choicesOf(engineType) } : {}),
    denied: COLUMN_PRIVILEGES.filter((one) => !granted.split(',').includes(one)),
  };
}

/** What the server writes for a character that it does not write as it is. */
const WRITTEN: Readonly<Record<string, string>> = {
  "''": "'",
  '\\\\': '\\',
  '\\n': '\n',
  '\\r': '\r',
  '\\0': '\0',
};

/** `enum('a','it''s')` → `['a', "it's"]`. */
const choicesOf = (engineType: string): string[] =>
  [...engineType.matchAll(/'((?:[^']|'')*)'/g)]
    .slice(0, 1_000)
    .map((found) => found[1]!.replace(/''|\\./g, (written) => WRITTEN[written] ?? written));
