import type { TouchedTable } from '@sallyport/contract';
import type { RelationColumns, RelationName } from '../port.ts';
import { relationKey } from './relation-key.ts';

type Access = TouchedTable['access'];

interface Entry {
  readonly name: string;
  readonly access: Access;
  readonly key: string;
  readonly columns: Set<string>;
  whole: boolean;
  untold: boolean;
}

/** Gathers which columns of which tables one statement reads and writes. */
export interface Touches {
  /** The table is touched, though perhaps no column of it is: `select count(*) from t`. */
  enter(table: RelationName, access: Access): void;
  column(table: RelationName, access: Access, column: string): void;
  /** The row as a whole: every column, and those that are added later. */
  whole(table: RelationName, access: Access): void;
  /** Some column, and which could not be told. */
  untold(table: RelationName, access: Access): void;
  /** Some column of some table. */
  anything(): void;
  tables(): TouchedTable[];
}

export function gatherTouches(known: ReadonlyMap<string, RelationColumns>): Touches {
  const entries = new Map<string, Entry>();
  let all = false;
  const entry = (table: RelationName, access: Access): Entry => {
    const key = relationKey(table);
    const found = entries.get(`${key}\0${access}`);
    if (found !== undefined) return found;
    const name = table.schema === null ? table.name : `${table.schema}.${table.name}`;
    const made = { name, access, key, columns: new Set<string>(), whole: false, untold: false };
    entries.set(`${key}\0${access}`, made);
    return made;
  };
  return {
    enter: entry,
    column: (table, access, column) => entry(table, access).columns.add(column),
    whole: (table, access) => {
      entry(table, access).whole = true;
    },
    untold: (table, access) => {
      entry(table, access).untold = true;
    },
    anything: () => {
      all = true;
    },
    tables: () =>
      [...entries.values()].map(({ name, access, key, columns, whole, untold }) => {
        const there = known.get(key);
        const told = !all && !untold && there !== undefined;
        const listed = whole ? [...columns, ...(there?.columns ?? [])] : [...columns];
        return {
          name,
          access,
          columns: told ? [...new Set(listed)].sort() : null,
          ...(whole ? { whole: true } : {}),
        };
      }),
  };
}
