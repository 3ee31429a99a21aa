import type { Description } from '../port.ts';
import { NEVER_NULL } from './never-null.ts';
import type { Session } from './session.ts';
import type { TypeCatalogue } from './type-catalogue.ts';
import { resultType } from './value-types.ts';

/** Also whether texts that differ may be equal: by the column's collation, and of what is no column, by any that there is. */
const FACTS = `
select ${NEVER_NULL} and c.relkind in ('r', 'p', 'f'), c.relkind in ('r', 'p', 'f'),
  coalesce((select not k.collisdeterministic from pg_collation k where k.oid = a.attcollation),
    a.attnum is null and exists (select from pg_collation k where not k.collisdeterministic))
from unnest($1::oid[], $2::int2[]) with ordinality i(relation, attribute, ord)
left join pg_attribute a on a.attrelid = i.relation and a.attnum = i.attribute
left join pg_class c on c.oid = a.attrelid
order by i.ord`;

/** What can make a column null that its table says is not: then nullability is not known. */
const OUTER = /\b(left|right|full|rollup|cube|grouping\s+sets|union|intersect|except)\b/i;

/**
 * Types with values that are equal and written differently: `1 day` and `24 hours`, `1.0` and `1.00`, `1/2` and `2/4`. And
 * `citext` where the search path does not find it: a value is then compared with its text.
 */
const ALIKE = /^(?:interval|num(?:multi)?range|(?:.+\.)?(?:debversion|rational|semver)|.+\.citext)\b/;

/** What the engine infers of a statement without running it: parsed, described, never executed. */
export async function describeStatement(
  session: Session,
  catalogue: TypeCatalogue,
  statement: string,
): Promise<Description> {
  const { fields, parameters } = await session.shape(statement);
  const parameterTypes = await catalogue.resolve(
    session,
    parameters.map((oid) => ({ oid, modifier: -1 })),
  );
  const names = parameterTypes.map((type) => type?.name ?? null);
  if (fields === null) return { parameters: names, columns: [] };
  const types = await catalogue.resolve(
    session,
    fields.map((field) => ({ oid: field.dataTypeID, modifier: field.dataTypeModifier })),
  );
  const facts = await session.rows(FACTS, [
    `{${fields.map((field) => field.tableID).join(',')}}`,
    `{${fields.map((field) => field.columnID).join(',')}}`,
  ]);
  const plain = !OUTER.test(statement);
  return {
    parameters: names,
    columns: fields.map((field, i) => {
      const [required, ofTable, alike] = facts[i] ?? [];
      const type = types[i];
      const kind = type === undefined ? 'text' : resultType(type);
      return {
        name: field.name,
        engineType: type?.name ?? 'unknown',
        type: kind,
        nullable: ofTable !== 't' || (required === 't' && !plain) ? null : required !== 't',
        ...(kind === 'text' && type?.ordered === false ? { ordered: false as const } : {}),
        ...(kind === 'text' && (alike === 't' || ALIKE.test(type?.name ?? ''))
          ? { alike: true as const }
          : {}),
      };
    }),
  };
}
