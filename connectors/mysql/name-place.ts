import { tokenizeSql } from '../language/sql-token.ts';
import { readMysqlToken } from './language/read-token.ts';

/** ER_NO_SUCH_TABLE: of a table, the servers name the database as well. */
const NO_TABLE = 1146;

/** By the server's error number: what it says is missing is a column or a table. */
export const NAMES_MISSING: ReadonlySet<number> = new Set([1054, NO_TABLE]);

/** How the servers name it, in whatever language: `Unknown column 'o.totl' in 'SELECT'`. */
const NAMED = /'([^']+)'/;

/** Where the name stands that the server says is missing; undefined where it stands more than once, or is written otherwise. */
export function namePlace(statement: string, errno: number, message: string): number | undefined {
  const missing = NAMED.exec(message)?.[1]?.toLowerCase();
  if (missing === undefined) return undefined;
  const places = dottedNames(statement).filter(({ name }) => {
    const written = name.toLowerCase();
    return written === missing || (errno === NO_TABLE && missing.endsWith(`.${written}`));
  });
  return places.length === 1 ? places[0]?.at : undefined;
}

/** The names of a statement with their qualifiers, without the quotes: `o.total`. */
function dottedNames(statement: string): readonly { readonly name: string; readonly at: number }[] {
  const names: { name: string; at: number; end: number }[] = [];
  for (const { kind, at, end } of tokenizeSql(statement, 'text', readMysqlToken)) {
    if (kind !== 'word' && kind !== 'quoted') continue;
    const text = statement.slice(at, end);
    const name = kind === 'quoted' ? text.slice(1, -1).replaceAll('``', '`') : text;
    const before = names.at(-1);
    if (before !== undefined && statement.slice(before.end, at) === '.') {
      before.name += `.${name}`;
      before.end = end;
    } else names.push({ name, at, end });
  }
  return names;
}
