import type { AppBundle, CatalogColumn, CatalogTable } from '@sallyport/contract';
import { generateBundle } from '../src/contexts/apps/generate/generate-bundle.ts';

export const column = (
  name: string,
  type: CatalogColumn['type'],
  more: Partial<CatalogColumn> = {},
): CatalogColumn => ({
  name,
  engineType: type,
  type,
  nullable: false,
  hasDefault: false,
  generated: false,
  comment: null,
  ...more,
});
export const table = (columns: CatalogColumn[], more: Partial<CatalogTable> = {}): CatalogTable => ({
  schema: 'public',
  name: 'orders',
  kind: 'table',
  columns,
  primaryKey: ['id'],
  foreignKeys: [],
  estimatedRows: null,
  comment: null,
  ...more,
});
export const orders = table([
  column('id', 'integer', { generated: true, hasDefault: true }),
  column('customer name', 'text'),
  column('paid', 'boolean', { nullable: true }),
  column('placed_at', 'timestamp', { hasDefault: true }),
  column('photo', 'binary', { nullable: true }),
  column('extra', 'json', { nullable: true }),
]);
export const make = (given: Partial<Parameters<typeof generateBundle>[0]> = {}) =>
  generateBundle({
    name: 'Orders',
    source: 'shop',
    dialect: 'postgres',
    writable: 'yes',
    table: orders,
    ...given,
  });
export const textOf = (bundle: AppBundle, query: string): string => {
  const document = bundle.queries[query];
  return document?.kind === 'sql' ? document.text : '';
};
