import type { Manifest, Plan } from '@sallyport/contract';

type NewTable = Plan['newTables'][number];
type NewColumns = Plan['newColumns'][number];

/** What one access to one table covers. `columns` null: every column; absent: not told, and every column too. */
interface Touched {
  readonly source: string;
  readonly table: string;
  readonly access: 'read' | 'write';
  readonly columns: readonly string[] | null | undefined;
  readonly whole: boolean;
}

/** Q10: tables that `next` touches and `before` did not, and of the others, the columns. */
export function touchedDifference(
  before: Manifest | null,
  next: Manifest,
): { readonly newTables: NewTable[]; readonly newColumns: NewColumns[] } {
  const old = union(before?.queries.flatMap((query) => touchedBefore(query)) ?? []);
  const newTables: NewTable[] = [];
  const newColumns: NewColumns[] = [];
  for (const [key, touched] of union(next.queries.flatMap((query) => touchedBy(query)))) {
    const { source, table, access, columns, whole } = touched;
    const known = old.get(key);
    if (known === undefined) {
      newTables.push({
        source,
        table,
        access,
        ...(columns === undefined ? {} : { columns: columns === null ? null : [...columns] }),
        ...(whole ? { whole } : {}),
      });
    } else if (known.columns) {
      const every = columns === null || columns === undefined;
      const added = every ? null : columns.filter((column) => !known.columns?.includes(column));
      const wholly = whole && !known.whole;
      if (added === null || added.length > 0 || wholly) {
        newColumns.push({ source, table, access, columns: added, whole: wholly });
      }
    }
  }
  return { newTables, newColumns };
}

/** Several queries touch one table: together, what each of them does. */
function union(all: readonly Touched[]): ReadonlyMap<string, Touched> {
  const tables = new Map<string, Touched>();
  for (const one of all) {
    const key = `${one.source}\n${one.table}\n${one.access}`;
    const other = tables.get(key);
    tables.set(key, other === undefined ? one : both(other, one));
  }
  return tables;
}

function both(a: Touched, b: Touched): Touched {
  const told = a.columns && b.columns ? [...new Set([...a.columns, ...b.columns])].sort() : null;
  const columns = a.columns === undefined && b.columns === undefined ? undefined : told;
  return { ...a, columns, whole: a.whole || b.whole };
}

/** What could not be analysed touches everything, and says so (Q5). */
function touchedBy({ sourceName: source, compiled }: Manifest['queries'][number]): Touched[] {
  const { tables } = compiled;
  if (tables === null) {
    return [
      { source, table: '(any table: not analysed)', access: 'write', columns: undefined, whole: false },
    ];
  }
  return tables.map(({ name, access, columns, whole = false }) => ({
    source,
    table: name,
    access,
    columns,
    whole,
  }));
}

/** Before columns were told, a write stood for what it reads as well. */
function touchedBefore(query: Manifest['queries'][number]): Touched[] {
  return touchedBy(query).flatMap((touched): Touched[] =>
    touched.access === 'write' && touched.columns === undefined
      ? [touched, { ...touched, access: 'read' }]
      : [touched],
  );
}
