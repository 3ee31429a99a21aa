import { expect, it } from 'vitest';
import { answerRows, errorIn, inferColumns } from './answer-rows.ts';

it('an answer has as many names as can head it, in one row or in all together', () => {
  const named = (from: number, to: number) =>
    Object.fromEntries(Array.from({ length: to - from }, (_, i) => [`c${from + i}`, i]));
  expect(inferColumns([named(0, 20_000), named(5, 20)])).toHaveLength(20_000);
  const tooWide = expect.objectContaining({ code: 'source_answer_invalid' });
  for (const rows of [[named(0, 20_001)], [named(0, 15_000), named(15_000, 20_001)]])
    expect(() => inferColumns(rows)).toThrow(tooWide);
});

it.each([
  ['items', { items: [{ a: 1 }] }, [{ a: 1 }]],
  ['items', { count: 0 }, undefined],
  ['items?', { items: [{ a: 1 }] }, [{ a: 1 }]],
  ['items?', { count: 0 }, []],
  ['items?', 'no object', undefined],
  ['data.items?', { data: {} }, []],
  ['data.items?', {}, undefined],
  ['data?.items?', {}, []],
  ['ok?', { 'ok?': [1] }, [{ value: 1 }]],
  ['__proto__?', {}, []],
])('at %s, rows that are left out are none only where that was said', (rowsAt, answer, rows) => {
  expect(answerRows(answer, rowsAt)).toEqual(rows);
});

it.each([
  [{ errors: [{ message: 'x' }], data: null }, 'errors', [{ message: 'x' }]],
  [{ results: [{ error: 'x' }] }, 'results.0.error', 'x'],
  [{ code: 12 }, 'code', 12],
  [{ code: 0 }, 'code', undefined],
  [{ error: false }, 'error', undefined],
  [{ error: '' }, 'error', undefined],
  [{ error: null }, 'error', undefined],
  [{ errors: [] }, 'errors', undefined],
  [{ errors: {} }, 'errors', undefined],
  [{ data: [] }, 'errors', undefined],
  [{}, 'constructor', undefined],
])('of %j, at %s stands %j for an error', (answer, way, error) => {
  expect(errorIn(answer, way)).toEqual(error);
});
