import type { RelationColumns, RelationName } from '../port.ts';
import type { Session } from './session.ts';
import { IS_ENFORCED, UNIQUE } from './unique-keys.ts';

const COLUMNS = `select table_name, column_name, extra, is_nullable, data_type, collation_name, column_type
from information_schema.columns
where table_schema = coalesce(?, database()) and table_name = ? order by ordinal_position`;

/**
 * Of engines that enforce what they declare. Asked apart from the keys: of two of these views that are joined, MariaDB opens
 * every table of every database.
 */
const ENFORCED = `select table_name from information_schema.tables
where table_schema = coalesce(?, database()) and table_name = ? and ${IS_ENFORCED}`;

/** MariaDB keeps JSON as text with a check of this form, which has the column's name. */
const JSON_CHECKS = `select table_name, constraint_name from information_schema.check_constraints
where constraint_schema = coalesce(?, database()) and table_name = ? and level = 'Column'
  and check_clause = concat('json_valid(\`', constraint_name, '\`)')`;

const KEYS = `select table_name, ${UNIQUE} and table_schema = coalesce(?, database()) and table_name = ?
order by index_name, seq_in_index`;

/**
 * How values compare beside others of the same: exactly. Beside another kind a server may compare both as floating-point
 * numbers, in which several integers, and a great many texts, are one.
 */
const KINDS: Readonly<Record<string, string>> = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  bigint: 'integer',
  decimal: 'decimal',
  date: 'date',
  datetime: 'datetime',
  timestamp: 'timestamp',
  uuid: 'uuid',
  inet4: 'inet4',
  inet6: 'inet6',
  binary: 'binary',
  varbinary: 'varbinary',
};

type Row = readonly string[];

/** What each name means in the database that is current or named: names, never rows. */
export async function readRelations(
  session: Session,
  names: readonly RelationName[],
): Promise<readonly (RelationColumns | null)[]> {
  const found: (RelationColumns | null)[] = [];
  for (const { schema, name } of names) {
    const read = async (sql: string): Promise<readonly Row[]> => {
      const rows = (await session.command(sql, [schema, name])).map((row) => row.map(String));
      // A server may tell names apart by their case and still find both here.
      const exact = rows.filter(([table]) => table === name);
      return exact.length > 0 || new Set(rows.map(([table]) => table)).size > 1 ? exact : rows;
    };
    const columns = await read(COLUMNS);
    const checked = session.isMariadb && columns.some(([, , , , type]) => type === 'longtext');
    const json = new Set(checked ? (await read(JSON_CHECKS)).map(([, column]) => column) : []);
    const enforced = columns.length > 0 && (await read(ENFORCED)).length > 0;
    found.push(columns.length === 0 ? null : relation(columns, json, enforced ? await read(KEYS) : []));
  }
  return found;
}

function relation(
  columns: readonly Row[],
  json: ReadonlySet<string | undefined>,
  keys: readonly Row[],
): RelationColumns {
  const hidden = columns.filter(([, , extra]) => /INVISIBLE/i.test(extra ?? ''));
  const unique = [...Map.groupBy(keys, ([, index]) => index ?? '')].filter(([, parts]) =>
    parts.every(([, , column, whole]) => column !== 'null' && whole === '1'),
  );
  const columnOf = ([, column]: Row): string => column ?? '';
  const namesOf = (parts: readonly Row[]): string[] => parts.map(([, , column]) => column ?? '');
  return {
    columns: columns.filter((row) => !hidden.includes(row)).map(columnOf),
    hidden: hidden.map(columnOf),
    required: columns.filter(([, , , nullable]) => nullable === 'NO').map(columnOf),
    kinds: new Map(columns.flatMap((row) => kindOf(row).map((kind) => [columnOf(row), kind] as const))),
    types: new Map(
      columns.map((row) => [columnOf(row), json.has(columnOf(row)) ? 'json' : (row[6] ?? '')] as const),
    ),
    primaryKey: namesOf(unique.find(([index]) => index === 'PRIMARY')?.[1] ?? []),
    unique: unique.map(([, parts]) => namesOf(parts)),
  };
}

function kindOf([, , , , type = '', collation = '']: Row): string[] {
  if (type === 'char' || type === 'varchar') return [`text ${collation}`];
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  return kind === undefined ? [] : [kind];
}
