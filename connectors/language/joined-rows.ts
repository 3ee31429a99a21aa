import type { JoinedTables } from '../language.ts';
import type { RelationColumns } from '../port.ts';
import { rowKeys } from '../row-keys.ts';
import { type Found, joinedScope, type Scope } from './joined-scope.ts';
import { oneRowEach } from './one-row-each.ts';

/** What else is known when rows are looked into. */
export interface JoinedContext {
  readonly known: ReadonlyMap<string, RelationColumns>;
  /** Makes names equal that the engine takes for one. */
  readonly fold: (name: string) => string;
  /** As `RelationColumns.kinds`; undefined where it is not known. */
  readonly kindOfBind: (bind: number) => string | undefined;
}

/** What can be said of the rows of a select. */
export interface JoinedRows {
  /** The columns of the result that no two rows share; empty where that is not known. */
  readonly key: readonly string[];
  /** Columns of the result that always have a value. */
  readonly required: ReadonlySet<string>;
}

const NOTHING: JoinedRows = { key: [], required: new Set() };

/**
 * The key of a select over joined tables: that of a table beside whose row every other table has one row at most. A table
 * has one at most when the columns of a unique key of it are equated with what is known of that row (see 0018).
 */
export function joinedRows(joined: JoinedTables, context: JoinedContext): JoinedRows {
  const scope = joinedScope(joined, context.known, context.fold);
  // What looks like a column and is none is a function of the row, which may repeat it.
  if (scope === null || joined.references.some((name) => scope.find(name) === null)) return NOTHING;
  const outputs = outputsOf(joined, scope);
  const required = new Set(
    outputs
      .filter(
        ({ found: { table, column } }) =>
          joined.tables[table]?.left === false && scope.tables[table]?.required.includes(column) === true,
      )
      .map(({ name }) => name),
  );
  for (const [i, { left }] of joined.tables.entries()) {
    const table = scope.tables[i];
    if (left || table === undefined) continue;
    for (const columns of rowKeys(table)) {
      const key = columns.flatMap((column) => {
        const output = outputs.find(({ found }) => found.table === i && found.column === column);
        return output === undefined ? [] : [output.name];
      });
      if (key.length === columns.length && oneRowEach(i, joined, scope, context.kindOfBind))
        return { key, required };
    }
  }
  return { key: [], required };
}

/** Which columns of the result are columns of the tables, unchanged. */
function outputsOf(joined: JoinedTables, scope: Scope): readonly { found: Found; name: string }[] {
  return joined.outputs.flatMap(({ value, name }) => {
    if (value.column !== '*') {
      const found = scope.find(value);
      return found === null ? [] : [{ found, name }];
    }
    return scope.tables.flatMap(({ columns }, i) =>
      columns.flatMap((column) => {
        const found = scope.find({ table: value.table, column });
        return found?.table === i ? [{ found, name: column }] : [];
      }),
    );
  });
}
