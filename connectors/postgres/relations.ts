import type { RelationColumns, RelationName } from '../port.ts';
import type { Session } from './session.ts';

const COLUMNS = `
select json_agg(a.attname order by a.attnum) filter (where a.attnum > 0), json_agg(a.attname) filter (where a.attnum < 0)
from jsonb_array_elements_text($1::jsonb) with ordinality i(name, ord)
left join pg_attribute a on a.attrelid = to_regclass(i.name) and not a.attisdropped
group by i.ord order by i.ord`;

/** What each name means to this session, by its own search path, and the columns of it: names, never rows. */
export async function readRelations(
  session: Session,
  names: readonly RelationName[],
): Promise<readonly (RelationColumns | null)[]> {
  if (names.length === 0) return [];
  const rows = await session.rows(COLUMNS, [JSON.stringify(names.map(quoted))]);
  return rows.map(([columns, hidden]) =>
    columns == null && hidden == null ? null : { columns: list(columns), hidden: list(hidden) },
  );
}

const list = (json: string | null | undefined): string[] =>
  json == null ? [] : (JSON.parse(json) as string[]);

const quoted = ({ schema, name }: RelationName): string =>
  (schema === null ? [name] : [schema, name]).map((part) => `"${part.replaceAll('"', '""')}"`).join('.');
