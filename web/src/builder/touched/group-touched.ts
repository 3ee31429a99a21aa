import type { TouchedTable } from '@sallyport/contract';

/** One access of a table: which columns, as in `TouchedTable`. */
export type TouchedAccess = Pick<TouchedTable, 'columns' | 'whole'>;

/** A table with what is read of it and what is written. */
export interface TouchedBoth {
  readonly name: string;
  readonly read?: TouchedAccess;
  readonly write?: TouchedAccess;
}

/** A table that is read and written is told twice; here it is one. */
export function groupTouched(tables: readonly TouchedTable[]): readonly TouchedBoth[] {
  const grouped = new Map<string, TouchedBoth>();
  for (const { name, access, ...columns } of tables) {
    grouped.set(name, { ...grouped.get(name), name, [access]: columns });
  }
  return [...grouped.values()];
}

/** How many columns are named; null where some table's are not told. */
export function countColumns(tables: readonly TouchedTable[]): number | null {
  const named = new Set<string>();
  for (const { name, columns } of tables) {
    if (!columns) return null;
    for (const column of columns) named.add(`${name}\0${column}`);
  }
  return named.size;
}

/** Whether what one query touches is among these columns; a touch without columns is, where there are none. */
export function overlaps(one: TouchedAccess, these: TouchedAccess | undefined): boolean {
  if (these === undefined) return false;
  if (!one.columns || !these.columns || these.columns.length === 0) return true;
  return one.columns.some((column) => these.columns?.includes(column));
}

/** What is done to a table, before the names of its columns: `Reads`, `writes whole rows of`. */
export function sayTouched(access: 'read' | 'write', { columns, whole }: TouchedAccess): string {
  const verb = access === 'read' ? 'reads' : 'writes';
  // Queries that were compiled before columns were told: there, a write may read.
  if (columns === undefined) return access === 'read' ? 'reads' : 'reads and writes';
  if (columns === null) return `${verb} every column`;
  if (whole) return `${verb} whole rows${columns.length === 0 ? '' : ':'}`;
  if (columns.length === 0) return access === 'read' ? 'reads rows but no columns' : 'writes defaults only';
  return verb;
}

/** The whole as one line of text, for a title. */
export function touchedText({ name, read, write }: TouchedBoth): string {
  const parts = (['read', 'write'] as const).flatMap((access) => {
    const touched = access === 'read' ? read : write;
    if (touched === undefined) return [];
    return [[sayTouched(access, touched), touched.columns?.join(', ')].filter(Boolean).join(' ')];
  });
  return `${name}: ${parts.join('; ')}`;
}
