import type { CatalogTable, ResultColumn } from '@sallyport/contract';

/**
 * The table with truth values where its rows are answered with some. Of a `tinyint(1) unsigned`, MySQL (8.0.19 and later)
 * tells the width in its answers and not in its schema: a field for a number would begin as `true`, and no row be saved. The
 * same table where nothing differs.
 */
export function asAnswered(table: CatalogTable, result: readonly ResultColumn[]): CatalogTable {
  const truths = new Map(
    result.flatMap(({ name, type, engineType }) => (type === 'boolean' ? [[name, engineType]] : [])),
  );
  const differs = table.columns.some(({ name, type }) => type !== 'boolean' && truths.has(name));
  if (!differs) return table;
  const columns = table.columns.map((column) => {
    const engineType = truths.get(column.name);
    if (engineType === undefined || column.type === 'boolean') return column;
    const start = column.default === undefined ? {} : { default: column.default !== '0' };
    return { ...column, ...start, type: 'boolean' as const, engineType };
  });
  return { ...table, columns };
}
