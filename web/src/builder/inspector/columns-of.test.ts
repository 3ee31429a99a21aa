import type { Component, ResultColumn } from '@sallyport/contract';
import { expect, it } from 'vitest';
import { columnsGiven } from './columns-of.ts';

const result = ['id', 'amount'].map(
  (name): ResultColumn => ({ name, engineType: 'int4', type: 'integer', nullable: true }),
);
const rows: Component['props'][string] = [{ id: 1, total: 3 }, { note: 'late' }, null];
const given = (props: Component['props']) => {
  const table = { type: 'table', order: 'a0', layout: { x: 0, y: 0, w: 6, h: 6 }, props, on: {} } as const;
  const { columns, from } = columnsGiven(table, 'orders', result, rows);
  return [columns.map(({ name }) => name), from];
};

it('offers a table the columns of its query, or of the rows that its data makes', () => {
  expect(given({ query: 'orders' })).toEqual([['id', 'amount'], 'orders']);
  expect(given({ data: '{{ orders.data }}' })).toEqual([['id', 'amount'], 'orders']);
  const made = '{{ orders.data.map((row) => ({ ...row, total: row.amount * 2 })) }}';
  expect(given({ data: made })).toEqual([['id', 'total', 'note'], 'its data']);
  expect(given({ data: rows })).toEqual([['id', 'total', 'note'], 'its data']);
});
