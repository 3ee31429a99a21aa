import type { Description } from '../port.ts';
import { NEVER_NULL } from './never-null.ts';
import type { Session } from './session.ts';
import type { TypeCatalogue } from './type-catalogue.ts';
import { resultType } from './value-types.ts';

const NOT_NULL = `
select ${NEVER_NULL} and c.relkind in ('r', 'p', 'f'), c.relkind in ('r', 'p', 'f')
from unnest($1::oid[], $2::int2[]) with ordinality i(relation, attribute, ord)
left join pg_attribute a on a.attrelid = i.relation and a.attnum = i.attribute
left join pg_class c on c.oid = a.attrelid
order by i.ord`;

/** What can make a column null that its table says is not: then nullability is not known. */
const OUTER = /\b(left|right|full|rollup|cube|grouping\s+sets|union|intersect|except)\b/i;

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
  const notNull = await session.rows(NOT_NULL, [
    `{${fields.map((field) => field.tableID).join(',')}}`,
    `{${fields.map((field) => field.columnID).join(',')}}`,
  ]);
  const plain = !OUTER.test(statement);
  return {
    parameters: names,
    columns: fields.map((field, i) => {
      const [required, ofTable] = notNull[i] ?? [];
      const type = types[i];
      const kind = type === undefined ? 'text' : resultType(type);
      return {
        name: field.name,
        engineType: type?.name ?? 'unknown',
        type: kind,
        nullable: ofTable !== 't' || (required === 't' && !plain) ? null : required !== 't',
        ...(kind === 'text' && type?.ordered === false ? { ordered: false as const } : {}),
      };
    }),
  };
}
