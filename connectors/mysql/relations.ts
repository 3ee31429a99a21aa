import type { RelationColumns, RelationName } from '../port.ts';
import type { Session } from './session.ts';

const COLUMNS = `select table_name, column_name, extra from information_schema.columns
where table_schema = coalesce(?, database()) and table_name = ? order by ordinal_position`;

/** The columns of each table or view, found by its name in the database that is current or named: names, never rows. */
export async function readRelations(
  session: Session,
  names: readonly RelationName[],
): Promise<readonly (RelationColumns | null)[]> {
  const found: (RelationColumns | null)[] = [];
  for (const { schema, name } of names) {
    const rows = (await session.command(COLUMNS, [schema, name])).map((row) => row.map(String));
    // A server may tell names apart by their case and still find both here.
    const exact = rows.filter(([table]) => table === name);
    const own = exact.length > 0 || new Set(rows.map(([table]) => table)).size > 1 ? exact : rows;
    const hidden = own.filter(([, , extra]) => /INVISIBLE/i.test(extra ?? ''));
    const columnOf = ([, column]: readonly string[]): string => column ?? '';
    found.push(
      own.length === 0
        ? null
        : { columns: own.filter((row) => !hidden.includes(row)).map(columnOf), hidden: hidden.map(columnOf) },
    );
  }
  return found;
}
