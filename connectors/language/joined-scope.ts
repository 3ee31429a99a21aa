import type { ColumnName, JoinedTables } from '../language.ts';
import type { RelationColumns } from '../port.ts';
import { relationKey } from './relation-key.ts';

/** A column of one of the tables, by the table's place and the column's own name. */
export interface Found {
  readonly table: number;
  readonly column: string;
}

/** What the names in a select over joined tables mean. */
export interface Scope {
  readonly tables: readonly RelationColumns[];
  /** Null where it is not certain. A bare name is looked for in the tables before `before` only, when that is given. */
  find(name: ColumnName, before?: number): Found | null;
  kindOf(found: Found): string | undefined;
}

/** Null when the engine said nothing of a table, or when two go by one name. */
export function joinedScope(
  joined: JoinedTables,
  known: ReadonlyMap<string, RelationColumns>,
  fold: (name: string) => string,
): Scope | null {
  const tables: RelationColumns[] = [];
  for (const { relation } of joined.tables) {
    const columns = known.get(relationKey(relation));
    if (columns === undefined) return null;
    tables.push(columns);
  }
  const aliases = joined.tables.map(({ alias }) => fold(alias));
  if (new Set(aliases).size < aliases.length) return null;
  const byName = tables.map(({ columns, hidden }) => Map.groupBy([...columns, ...hidden], fold));
  const merged = joined.tables.map((table) => new Set(table.merged.map(fold)));
  const own = (table: number, name: string): Found[] =>
    (byName[table]?.get(fold(name)) ?? []).map((column) => ({ table, column }));
  const kindOf = ({ table, column }: Found) => tables[table]?.kinds.get(column);
  return {
    tables,
    kindOf,
    find: ({ table, column }, before = tables.length) => {
      if (table !== null) {
        const at = aliases.indexOf(fold(table));
        return at === -1 ? null : only(own(at, column));
      }
      const all = tables.slice(0, before).flatMap((_, i) => own(i, column));
      const found = only(all.filter((one) => merged[one.table]?.has(fold(column)) !== true));
      if (found === null || all.length === 1) return found;
      // What USING merges is the first table's value only where no type was changed for it.
      const kind = kindOf(found);
      return kind !== undefined && all.every((one) => kindOf(one) === kind) ? found : null;
    },
  };
}

const only = (found: readonly Found[]): Found | null => (found.length === 1 ? (found[0] ?? null) : null);
