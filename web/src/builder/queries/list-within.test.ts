import { expect, test } from 'vitest';
import { listWithin } from './list-within.ts';

test('the only list of objects in an answer is where its rows are', () => {
  const rows = [{ id: 1 }, { id: 2 }];
  expect(listWithin({ data: rows, meta: { total: 57, pages: [1, 2] } })).toBe('data');
  expect(listWithin({ result: { data: { items: rows } } })).toBe('result.data.items');
  expect(listWithin({ data: rows, errors: [{ at: 1 }] })).toBeUndefined();
  expect(listWithin({ data: [] })).toBeUndefined();
  expect(listWithin({ tags: ['a'] })).toBeUndefined();
  expect(listWithin({ 'data.items': rows })).toBeUndefined();
  expect(listWithin(rows)).toBeUndefined();
  expect(listWithin(null)).toBeUndefined();
});
