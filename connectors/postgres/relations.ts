import { comparisonKind } from '../language/comparison-kind.ts';
import type { RelationColumns, RelationName } from '../port.ts';
import { quote } from './language/quote.ts';
import { NEVER_NULL } from './never-null.ts';
import type { Session } from './session.ts';
import { COLUMNS_OF, IS_KEY, STANDS_ON, TELLS_APART } from './unique-index.ts';

/** No kind: a collation in which texts that differ are equal, and what has no order of a plain type. */
const COLUMNS = `
select json_agg(json_build_array(a.attname, a.attnum < 0, ${NEVER_NULL}, case
    when coalesce(l.collisdeterministic, true) and t.typtype in ('b', 'e', 'd') and t.typcategory not in ('A', 'C', 'R')
    then format_type((with ${STANDS_ON} select type from own where base = 0), -1) end) order by a.attnum)
from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_collation l on l.oid = a.attcollation
where a.attrelid = named.id and not a.attisdropped`;

const KEYS = `
select json_agg(json_build_array(x.indisprimary, ${TELLS_APART},
  (select json_agg(a.attname order by k.place) from ${COLUMNS_OF})))
from pg_index x
where x.indrelid = named.id and ${IS_KEY}`;

/** Functions that return sets under the name of a built-in one that does not, and operators that do: rows may repeat. */
const REPEATS = `
with sets as materialized
  (select p.oid, p.proname from pg_proc p where p.proretset and p.pronamespace <> 'pg_catalog'::regnamespace)
select exists (select from sets s join pg_operator o on o.oprcode = s.oid)
  or exists (select from sets s join pg_proc b on b.proname = s.proname
    where b.pronamespace = 'pg_catalog'::regnamespace and not b.proretset)`;

/** As `pg_rewrite` calls what a rule is for, and the bit of `pg_trigger` for the same. */
const EVENTS = { update: 2, insert: 3, delete: 4 } as const;
const BIT = "case c.event when '2' then 16 when '3' then 4 else 8 end";

/**
 * What a rule does beside a statement, as a trigger may, leaves that one's count as it is. A change of a view is one of what
 * it shows, unless triggers make it.
 */
const REWRITTEN = `
exists (with recursive changed (id, event) as (
    select named.id, event from unnest($2::"char"[]) event
    union
    select d.refobjid, c.event from changed c join pg_rewrite v on v.ev_class = c.id and v.ev_type = '1'
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = v.oid and d.refclassid = 'pg_class'::regclass
    where not exists (select from pg_trigger t where t.tgrelid = c.id and t.tgtype & 64 <> 0 and t.tgtype & ${BIT} <> 0))
  select from changed c join pg_rewrite r on r.ev_class = c.id and r.ev_type = c.event
  where r.is_instead and r.ev_enabled <> 'D')`;

/** For one name at a time: the plan of many would cost so much by its estimate that the engine compiled it, for longer. */
const RELATION = `select (${COLUMNS}), (${KEYS}), ${REWRITTEN} from (select to_regclass($1) as id) named`;

type Column = readonly [name: string, hidden: boolean, required: boolean, type: string | null];
type Key = readonly [primary: boolean, unique: boolean, columns: readonly string[]];

/** What each name means to this session, by its own search path: names, never rows. */
export async function readRelations(
  session: Session,
  names: readonly RelationName[],
): Promise<readonly (RelationColumns | null)[]> {
  if (names.length === 0) return [];
  const [[repeats] = []] = await session.rows(REPEATS);
  const found: (RelationColumns | null)[] = [];
  for (const name of names) {
    const [[columns, keys, rewritten] = []] = await session.rows(RELATION, [
      quoted(name),
      `{${(name.changed ?? []).map((one) => EVENTS[one]).join(',')}}`,
    ]);
    found.push(
      columns == null
        ? null
        : relation(
            JSON.parse(columns),
            keys == null || repeats !== 'f' ? [] : JSON.parse(keys),
            rewritten !== 'f',
          ),
    );
  }
  return found;
}

const relation = (
  columns: readonly Column[],
  indexes: readonly Key[],
  rewritten: boolean,
): RelationColumns => ({
  columns: columns.filter(([, hidden]) => !hidden).map(([name]) => name),
  hidden: columns.filter(([, hidden]) => hidden).map(([name]) => name),
  required: columns.filter(([, , required]) => required).map(([name]) => name),
  kinds: new Map(
    columns.flatMap(([name, , , type]) => (type === null ? [] : [[name, comparisonKind(type)]])),
  ),
  primaryKey: indexes.find(([primary]) => primary)?.[2] ?? [],
  unique: indexes.filter(([, unique]) => unique).map(([, , named]) => named),
  ...(rewritten ? { rewritten } : {}),
});

const quoted = ({ schema, name }: RelationName): string =>
  (schema === null ? [name] : [schema, name]).map(quote).join('.');
