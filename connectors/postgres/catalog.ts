import { type CatalogTable, MOST_CATALOG_TABLES } from '@sallyport/contract';
import { COLUMN_PRIVILEGES, saidOnce } from '../denied.ts';
import { rowKeys } from '../row-keys.ts';
import { checkList } from './check-list.ts';
import { literalDefault } from './literal-default.ts';
import { NEVER_NULL } from './never-null.ts';
import type { Session } from './session.ts';
import { COLUMNS_OF, IS_KEY, TELLS_APART } from './unique-index.ts';
import { type EngineType, resultType } from './value-types.ts';

/** As the standard's own information schema: what the role may do nothing with is not there. */
const ANY = "'select, insert, update, references'";

/** Whether every row of a table `c` needs a value in a column that the role may do nothing with: it can make none. */
const NEEDS_HIDDEN = `
case when has_table_privilege(c.oid, ${ANY}) then false else exists (
  select from pg_attribute a join pg_type o on o.oid = a.atttypid
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and (a.attnotnull or o.typnotnull)
    and not a.atthasdef and a.attidentity = '' and o.typdefault is null
    and not has_column_privilege(c.oid, a.attnum, ${ANY})) end`;

/** Those that need no schema before their names come first: of the others, there may be more than are read. */
const TABLES = `
select c.oid, n.nspname, c.relname, case when c.relkind in ('v', 'm') then 'view' else 'table' end,
  case when c.reltuples < 0 then null else c.reltuples::bigint end, obj_description(c.oid, 'pg_class'),
  has_table_privilege(c.oid, 'delete'), ${NEEDS_HIDDEN}, c.relkind = 'f'
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f', 'v', 'm') and not c.relispartition
  and n.nspname <> 'information_schema' and n.nspname !~ '^pg_' and has_schema_privilege(n.oid, 'usage')
  and has_any_column_privilege(c.oid, ${ANY})
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by array_position(current_schemas(false), n.nspname), n.nspname, c.relname limit ${MOST_CATALOG_TABLES + 1}`;

/** Foreign tables into which nothing can be put, such as a file: as what reads them says, of which there may be nothing. */
const TAKE_NOTHING = `
select f.ftrelid from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver
join pg_foreign_data_wrapper w on w.oid = s.srvfdw
where f.ftrelid = any($1::oid[])
  and case when w.fdwhandler = 0 then false else pg_relation_is_updatable(f.ftrelid, false) & 8 = 0 end`;

/** Asked of each column only where a role may do it with some and not with others. */
const MAY = COLUMN_PRIVILEGES.map(
  (one) =>
    `case when has_table_privilege(t, '${one}') then 'all' when has_any_column_privilege(t, '${one}') then 'some' else 'none' end`,
);
const DENIED = COLUMN_PRIVILEGES.map(
  (one) => `case may_${one} when 'all' then null when 'none' then '${one}'
    else case when not has_column_privilege(a.attrelid, a.attnum, '${one}') then '${one}' end end`,
);

// A domain may stand on another: what it holds is told by the type at the end, with the modifier that it is given there.
// A default of null is kept as one, and gives a row nothing.
// Whether the role may use a whole table is asked once: asked of each column, it is half of the time that this takes.
const COLUMNS = `
with recursive stands (domain, on_type, modifier, required) as (
  select oid, typbasetype, typtypmod, typnotnull from pg_type where typtype = 'd'
  union all
  select s.domain, d.typbasetype, d.typtypmod, s.required or d.typnotnull
  from stands s join pg_type d on d.oid = s.on_type where d.typtype = 'd'),
tables (id, whole, ${COLUMN_PRIVILEGES.map((one) => `may_${one}`)}) as materialized
  (select t, has_table_privilege(t, ${ANY}), ${MAY} from unnest($1::oid[]) t),
checks (id, num, texts) as (
  select k.conrelid, k.conkey[1], json_agg(pg_get_constraintdef(k.oid) order by k.conname)::text from pg_constraint k
  where k.conrelid = any($1::oid[]) and k.contype = 'c' and k.convalidated and cardinality(k.conkey) = 1 group by 1, 2)
select a.attrelid, a.attname, format_type(t.oid, coalesce(s.modifier, a.atttypmod)), format_type(t.oid, null),
  case when t.typcategory = 'A' then 'array' when t.typtype = 'e' then 'enum' when t.typtype = 'c' then 'composite'
    when t.typtype = 'b' then 'base' else 'other' end,
  not a.attnotnull and not coalesce(s.required, false), coalesce(w.written !~ '^NULL(::|$)', false) or a.attidentity <> '',
  a.attgenerated <> '' or a.attidentity = 'a', col_description(a.attrelid, a.attnum),
  case when o.typtype = 'd' then format_type(o.oid, null) end,
  case when t.typtype = 'e' then
    (select json_agg(e.enumlabel order by e.enumsortorder)::text from pg_enum e where e.enumtypid = t.oid) end,
  c.texts,
  case when o.typtype = 'd' then
    (select json_agg(pg_get_constraintdef(k.oid) order by k.conname)::text from pg_constraint k
     where k.contype = 'c' and k.convalidated
       and k.contypid in (select o.oid union all select d.on_type from stands d where d.domain = o.oid)) end,
  concat_ws(',', ${DENIED}), case when a.attgenerated = '' then w.written end
from tables join pg_attribute a on a.attrelid = tables.id join pg_type o on o.oid = a.atttypid
left join stands s on s.domain = o.oid and exists (select from pg_type e where e.oid = s.on_type and e.typtype <> 'd')
join pg_type t on t.oid = coalesce(s.on_type, o.oid)
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
-- Without the offset it would be written out anew for each place that reads it.
cross join lateral (select coalesce(pg_get_expr(d.adbin, d.adrelid), o.typdefault) offset 0) w (written)
left join checks c on c.id = a.attrelid and c.num = a.attnum
where a.attnum > 0 and not a.attisdropped and (tables.whole or has_column_privilege(a.attrelid, a.attnum, ${ANY}))
order by a.attrelid, a.attnum`;

const KEYS = `
select k.conrelid, k.contype, fn.nspname, f.relname,
  (select json_agg(a.attname order by i.ord) from unnest(k.conkey) with ordinality i(num, ord)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = i.num)::text,
  (select json_agg(a.attname order by i.ord) from unnest(k.confkey) with ordinality i(num, ord)
    join pg_attribute a on a.attrelid = k.confrelid and a.attnum = i.num)::text
from pg_constraint k
left join pg_class f on f.oid = k.confrelid left join pg_namespace fn on fn.oid = f.relnamespace
where k.contype in ('p', 'f') and k.conrelid = any($1::oid[]) and k.conparentid = 0
  -- A key of a table that others inherit from says nothing of their rows, which a select of it answers too.
  and (k.contype <> 'p' or not exists (select from pg_inherits i join pg_class p on p.oid = i.inhparent
    where i.inhparent = k.conrelid and p.relkind = 'r'))
order by k.conrelid, k.conname`;

/** Of tables without a primary key. */
const UNIQUE_KEYS = `
select x.indrelid, json_agg(c.attname order by c.place)::text
from pg_index x cross join lateral (select a.attname, k.place, ${NEVER_NULL} as filled from ${COLUMNS_OF}) c
where x.indrelid = any($1::oid[]) and ${IS_KEY} and ${TELLS_APART}
  and not exists (select from pg_index p where p.indrelid = x.indrelid and p.indisprimary)
group by x.indexrelid, x.indrelid having bool_and(c.filled)`;

type Row = readonly (string | null)[];
const tableOf = ([oid]: Row) => oid;

/** Tables whose columns are asked for at once, so that no statement comes near its time limit, nor holds up what waits for us. */
const SLICE = 250;

/** Schemas, tables, columns and keys from the system catalogue: names, never rows. One table too many tells of more. */
export async function readCatalog(session: Session): Promise<readonly CatalogTable[]> {
  const tables = await session.rows(TABLES);
  const read: CatalogTable[] = [];
  for (let from = 0; from < tables.length; from += SLICE)
    read.push(...(await readTables(session, tables.slice(from, from + SLICE))));
  return read;
}

async function readTables(session: Session, tables: readonly Row[]): Promise<CatalogTable[]> {
  const ids = [`{${tables.map(([oid]) => oid).join(',')}}`];
  const closed = new Set((await takeNothing(session, tables)).map(tableOf));
  const columns = Map.groupBy(await session.rows(COLUMNS, ids), tableOf);
  const keys = Map.groupBy(await session.rows(KEYS, ids), tableOf);
  const unique = Map.groupBy(await session.rows(UNIQUE_KEYS, ids), tableOf);
  return tables.map(([oid, schema, name, kind, rows, comment, deletes, needsHidden]) => {
    const own = keys.get(oid) ?? [];
    const named = (columns.get(oid) ?? []).map(columnOf);
    const isShown = (column: string) => named.some(({ name: shown }) => shown === column);
    const key = own.filter((one) => one[1] === 'p').flatMap((one) => names(one[4]));
    const [uniqueKey] = rowKeys({
      primaryKey: [],
      unique: (unique.get(oid) ?? []).map((one) => names(one[1])),
      required: named.map(({ name: shown }) => shown),
    });
    return {
      schema: schema!,
      name: name!,
      kind: kind as 'table' | 'view',
      ...saidOnce(named, [
        ...(needsHidden === 't' || closed.has(oid) ? (['insert'] as const) : []),
        ...(deletes === 'f' ? (['delete'] as const) : []),
      ]),
      primaryKey: key.every(isShown) ? key : [],
      ...(uniqueKey === undefined ? {} : { uniqueKey: [...uniqueKey] }),
      foreignKeys: own
        .filter((key) => key[1] === 'f')
        .map((key) => ({
          columns: names(key[4]),
          schema: key[2]!,
          table: key[3]!,
          references: names(key[5]),
        })),
      estimatedRows: rows === null ? null : Number(rows),
      comment: comment ?? null,
    };
  });
}

/** Not known where one of them is of software that the server has lost: a schema is read all the same. */
async function takeNothing(session: Session, tables: readonly Row[]): Promise<readonly Row[]> {
  const foreign = tables.filter((row) => row.at(-1) === 't').map(tableOf);
  return foreign.length === 0 ? [] : session.rows(TAKE_NOTHING, [`{${foreign.join(',')}}`]).catch(() => []);
}

function columnOf(row: Row): CatalogTable['columns'][number] {
  const [, name, engineType, base, kind, nullable, hasDefault, generated, comment, domain, ...more] = row;
  const [labels, own, ofDomain, denied, written] = more;
  const type = resultType({ base: base!, kind: kind as EngineType['kind'] });
  const byDefault = written == null ? undefined : literalDefault(written, type);
  const lists = [
    ...names(own).map((check) => checkList(check, name!, engineType!)),
    ...names(ofDomain).map((check) => checkList(check, 'VALUE', engineType!)),
  ];
  const choices = labels == null ? lists.find((list) => list !== null) : names(labels);
  return {
    name: name!,
    engineType: engineType!,
    type,
    nullable: nullable === 't',
    hasDefault: hasDefault === 't',
    ...(byDefault === undefined ? {} : { default: byDefault }),
    generated: generated === 't',
    comment: comment ?? null,
    ...(domain == null ? {} : { domain }),
    ...(choices == null || choices.length > MOST_CHOICES ? {} : { choices }),
    denied: COLUMN_PRIVILEGES.filter((one) => denied?.split(',').includes(one)),
  };
}

const MOST_CHOICES = 1_000;
const names = (json: string | null | undefined): string[] =>
  json == null ? [] : (JSON.parse(json) as string[]);
