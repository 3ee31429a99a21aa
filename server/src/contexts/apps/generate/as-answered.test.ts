import type { CatalogColumn, CatalogTable, ResultColumn } from '@sallyport/contract';
import { expect, it } from 'vitest';
import { asAnswered } from './as-answered.ts';

it('A4 a column is a truth value where MySQL answers one, whatever its schema calls it', () => {
  const column = (name: string, type: CatalogColumn['type'], engineType: string): CatalogColumn => ({
    ...{ name, type, engineType, nullable: false, hasDefault: false, generated: false, comment: null },
  });
  const table: CatalogTable = {
    schema: 'shop',
    name: 'orders',
    kind: 'table',
    columns: [column('paid', 'integer', 'tinyint unsigned'), column('size', 'integer', 'tinyint unsigned')],
    primaryKey: [],
    foreignKeys: [],
    estimatedRows: null,
    comment: null,
  };
  const answered = (name: string, type: ResultColumn['type'], engineType: string): ResultColumn => ({
    ...{ name, type, engineType, nullable: false },
  });
  const size = answered('size', 'integer', 'tinyint unsigned');
  expect(asAnswered(table, [answered('paid', 'boolean', 'tinyint(1)'), size]).columns).toEqual([
    column('paid', 'boolean', 'tinyint(1)'),
    table.columns[1],
  ]);
  expect(asAnswered(table, [size])).toBe(table);
  // Beside it, what was one already stays as it was, its default too.
  const known = { ...column('open', 'boolean', 'tinyint(1)'), hasDefault: true, default: false };
  const both = [answered('paid', 'boolean', 'tinyint(1)'), answered('open', 'boolean', 'tinyint(1)')];
  expect(asAnswered({ ...table, columns: [...table.columns, known] }, both).columns[2]).toEqual(known);
  const byDefault = (start: string) =>
    asAnswered({ ...table, columns: [{ ...table.columns[0]!, hasDefault: true, default: start }] }, [
      answered('paid', 'boolean', 'tinyint(1)'),
    ]).columns[0]?.default;
  expect([byDefault('0'), byDefault('1')]).toEqual([false, true]);
});
