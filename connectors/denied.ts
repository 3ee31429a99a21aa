import type { CatalogColumn, CatalogTable } from '@sallyport/contract';

/** What a role may or may not do with a column. */
export const COLUMN_PRIVILEGES = ['select', 'insert', 'update'] as const;

/**
 * The columns of a table, and what is denied of all of them said once, as of the table: a schema that a role only reads has
 * thousands. `rows` is what is denied of the rows as a whole, such as to make one where a column that is not among these needs a value.
 */
export function saidOnce(
  columns: readonly CatalogColumn[],
  rows: readonly ('insert' | 'delete')[],
): Pick<CatalogTable, 'columns' | 'denied'> {
  const all = COLUMN_PRIVILEGES.filter((one) => columns.every(({ denied }) => denied?.includes(one)));
  const denied = [...new Set([...all, ...rows])];
  return {
    columns: columns.map(({ denied: own = [], ...column }) => {
      const rest = own.filter((one) => !all.includes(one));
      return rest.length === 0 ? column : { ...column, denied: rest };
    }),
    ...(denied.length === 0 ? {} : { denied }),
  };
}
