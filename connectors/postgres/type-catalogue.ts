import type { Session } from './session.ts';
import type { EngineType } from './value-types.ts';

// Of a domain, what it stands on: whoever gives a value knows nothing of domains. PostgreSQL names no domain in a result.
const TYPES = `
with recursive stands (domain, on_type) as (
  select oid, typbasetype from pg_type where typtype = 'd'
  union all
  select s.domain, d.typbasetype from stands s join pg_type d on d.oid = s.on_type where d.typtype = 'd')
select t.oid, format_type(b.oid, case when s.domain is null then i.typmod else -1 end), format_type(b.oid, null),
  case when b.typcategory = 'A' then 'array' when b.typtype = 'e' then 'enum' when b.typtype = 'c' then 'composite'
    when b.typtype = 'b' then 'base' else 'other' end
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
      rows.forEach(([oid, name, base, kind], i) => {
        const type = { oid: Number(oid), name: name!, base: base!, kind: kind as EngineType['kind'] };
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
