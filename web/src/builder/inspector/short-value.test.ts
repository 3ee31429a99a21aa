import { expect, it } from 'vitest';
import { describeValue, shortValue } from './short-value.ts';

it('says of a list how much it is, of one thing in the singular', () => {
  const said = (value: unknown) => describeValue(value).text;
  expect([[], ['a'], ['a', 'b']].map(said)).toEqual(['empty', '1 value', '2 values']);
  expect([[{ id: 1 }], [{ id: 1, of: 2 }, {}]].map(said)).toEqual(['1 row × 1 column', '2 rows × 2 columns']);
});

it('cuts a long text between two letters', () => {
  expect([shortValue('ab🙂🙂', 5), shortValue('a🙂🙂🙂', 5)]).toEqual(['"ab…', '"a🙂…']);
});
