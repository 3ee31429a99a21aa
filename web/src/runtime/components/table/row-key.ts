import { jsonText } from '../../../lib/exact-json.ts';
import { partsOf } from '../../../lib/parts-of.ts';
import { sameValue } from '../../../lib/same-value.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a row has in a column; nothing where it has none, even in one that is called `constructor`. */
export const cellOf = (row: Row, name: string): unknown => (Object.hasOwn(row, name) ? row[name] : undefined);

/** The columns of a primary key as written: `id`, or `region, id`. */
export const keyColumns = (written: unknown, known: readonly string[]): readonly string[] => {
  const names = partsOf(String(written ?? ''));
  return names.length > 0 ? names : known;
};

/** A row's key: the value of a single column, JSON of several, of bytes or of a list; null when the row has none. */
export function rowKey(row: Row, columns: readonly string[]): unknown {
  const [only] = columns;
  if (only === undefined) return null;
  const key = columns.length === 1 ? (row[only] ?? null) : columns.map((name) => row[name] ?? null);
  return typeof key === 'object' && key !== null ? jsonText(key) : key;
}

/** The row, among newly read ones, that one without a key still is: it has all its values, and rather stands at its place. */
export function sameRow(rows: readonly Row[], row: Row, place: number): Row | undefined {
  const there = rows[place];
  return there !== undefined && sameValue(there, row) ? there : rows.find((one) => sameValue(one, row));
}
