import type { Session } from './session.ts';
import type { EngineType } from './value-types.ts';

/**
 * Whether something that `b` is made of has no order: its base types, through domains, arrays and the parts of composite
 * types. A composite type has one by itself, and fails at the first row whose part has none. `anyarray`, as `pg_stats` has
 * columns of, has none that the engine finds.
 */
const UNORDERED = `exists (
  with recursive made (of) as (
    select b.oid
    union
    select part.type from made join pg_type u on u.oid = made.of cross join lateral (
      select u.typbasetype where u.typtype = 'd'
      union all select u.typelem where u.typcategory = 'A'
      union all select p.atttypid from pg_attribute p
        where u.typtype = 'c' and p.attrelid = u.typrelid and p.attnum > 0 and not p.attisdropped) part(type))
  select from made join pg_type u on u.oid = made.of
  where u.oid = 'anyarray'::regtype or (u.typtype = 'b' and u.typcategory <> 'A' and not exists (
    select from pg_opclass o join pg_am m on m.oid = o.opcmethod
    where m.amname = 'btree' and o.opcdefault and (o.opcintype = u.oid or exists (select from pg_cast c
      where c.castsource = u.oid and c.casttarget = o.opcintype and c.castmethod = 'b' and c.castcontext = 'i')))))`;

// Of a domain, what it stands on: whoever gives a value knows nothing of domains. PostgreSQL names no domain in a result.
const TYPES = `
with recursive stands (domain, on_type) as (
  select oid, typbasetype from pg_type where typtype = 'd'
  union all
  select s.domain, d.typbasetype from stands s join pg_type d on d.oid = s.on_type where d.typtype = 'd')
select t.oid, format_type(b.oid, case when s.domain is null then i.typmod else -1 end), format_type(b.oid, null),
  case when b.typcategory = 'A' then 'array' when b.typtype = 'e' then 'enum' when b.typtype = 'c' then 'composite'
    when b.typtype = 'b' then 'base' else 'other' end, ${UNORDERED}
from unnest($1::oid[], $2::int4[]) with ordinality i(oid, typmod, ord)
join pg_type t on t.oid = i.oid
left join stands s on s.domain = t.oid and exists (select from pg_type e where e.oid = s.on_type and e.typtype <> 'd')
join pg_type b on b.oid = coalesce(s.on_type, t.oid)
order by i.ord`;

/** Names and kinds of types by their ids, remembered for as long as the target's connections live. */
export class TypeCatalogue {
  readonly #known = new Map<string, EngineType>();

  async resolve(
    session: Session,
    wanted: readonly { readonly oid: number; readonly modifier: number }[],
  ): Promise<readonly (EngineType | undefined)[]> {
    const missing = wanted.filter((one) => !this.#known.has(key(one)));
    if (missing.length > 0) {
      const rows = await session.rows(TYPES, [
        `{${missing.map((one) => one.oid).join(',')}}`,
        `{${missing.map((one) => one.modifier).join(',')}}`,
      ]);
      rows.forEach(([oid, name, base, kind, unordered], i) => {
        const type = {
          oid: Number(oid),
          name: name!,
          base: base!,
          kind: kind as EngineType['kind'],
          ordered: unordered !== 't',
        };
        const one = missing[i];
        if (one !== undefined && one.oid === type.oid) this.#known.set(key(one), type);
      });
    }
    return wanted.map((one) => this.#known.get(key(one)));
  }

  /** A type may have been dropped and made anew under the same id's name. */
  forget(): void {
    this.#known.clear();
  }
}

const key = (one: { oid: number; modifier: number }) => `${one.oid}:${one.modifier}`;
