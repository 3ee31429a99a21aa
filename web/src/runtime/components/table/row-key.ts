type Row = Readonly<Record<string, unknown>>;

/** What a row has in a column; nothing where it has none, even in one that is called `constructor`. */
export const cellOf = (row: Row, name: string): unknown => (Object.hasOwn(row, name) ? row[name] : undefined);

/** The columns of a primary key as written: `id`, or `region, id`. */
export const keyColumns = (written: unknown, known: readonly string[]): readonly string[] => {
  const names = String(written ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return names.length > 0 ? names : known;
};

/** A row's key: the value of a single column, JSON of several; null when the row has none. */
export function rowKey(row: Row, columns: readonly string[]): unknown {
  const [only] = columns;
  if (only === undefined) return null;
  return columns.length === 1
    ? (row[only] ?? null)
    : JSON.stringify(columns.map((name) => row[name] ?? null));
}
