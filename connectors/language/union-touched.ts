import type { TouchedTable } from '@sallyport/contract';
import type { Touched } from '../language.ts';

/** What several statements touch together, in one order; with a sentence on what could not be told. */
export function unionTouched(all: readonly (readonly TouchedTable[] | null)[]): Touched {
  const tables = new Map<string, TouchedTable>();
  for (const touched of all) {
    if (touched === null) return { tables: null, notes: [] };
    for (const table of touched) {
      const key = `${table.name}\0${table.access}`;
      const before = tables.get(key);
      tables.set(key, before === undefined ? table : both(before, table));
    }
  }
  const sorted = [...tables.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, table]) => table);
  const untold = [...new Set(sorted.filter((table) => table.columns === null).map((table) => table.name))];
  return {
    tables: sorted,
    notes:
      untold.length === 0
        ? []
        : [`Which columns of ${untold.join(', ')} are touched could not be told: taken as every column.`],
  };
}

function both(a: TouchedTable, b: TouchedTable): TouchedTable {
  const told = a.columns && b.columns ? [...new Set([...a.columns, ...b.columns])].sort() : null;
  return { ...a, columns: told, ...(a.whole || b.whole ? { whole: true } : {}) };
}
