/** Of a type `t`: itself and, of a domain, what it stands on, which may be a domain again; at the end, on nothing. */
export const STANDS_ON = `recursive own (type, base) as (
  select t.oid, t.typbasetype
  union all
  select d.oid, d.typbasetype from own join pg_type d on d.oid = own.base)`;

/** Whether an operator `=` of this session, found as it finds it beside such a column, is another than the index's. */
const OTHER_EQUALITY = `
select from unnest((x.indkey::int2[])[0:x.indnkeyatts - 1]) with ordinality k(number, place)
join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number join pg_type t on t.oid = a.atttypid
join pg_opclass o on o.oid = x.indclass[k.place - 1] join pg_am m on m.oid = o.opcmethod
where m.amname <> 'btree'
  or exists (select from pg_amop e where e.amopfamily = o.opcfamily and e.amopstrategy = 3 and e.amopopr is distinct from
    to_regoperator(format('=(%s,%s)', e.amoplefttype::regtype, e.amoprighttype::regtype)))
  or exists (with ${STANDS_ON} select from pg_operator p, own
    where p.oprname = '=' and own.type <> o.opcintype and own.type in (p.oprleft, p.oprright))`;

/**
 * Of an index `x` of `pg_index`: whether it is a key of its table. One of a table that others inherit from says nothing of
 * their rows, which a select of it answers too.
 */
export const IS_KEY = `x.indisunique and x.indisvalid and x.indisready and x.indislive
  and x.indpred is null and x.indexprs is null
  and not exists (select from pg_inherits i join pg_class c on c.oid = i.inhparent
    where i.inhparent = x.indrelid and c.relkind = 'r')`;

/** Of such an index: whether no two rows hold the same values at any moment, as `=` compares them. */
export const TELLS_APART = `(x.indimmediate and not exists (${OTHER_EQUALITY}))`;

/** The columns `a` of an index `x`, with their place `k.place`; a column that it only carries is none of them. */
export const COLUMNS_OF = `unnest((x.indkey::int2[])[0:x.indnkeyatts - 1]) with ordinality k(number, place)
    join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number`;
