import { expect, it } from 'vitest';
import { timeWithin } from './when.ts';

const now = new Date(2026, 10, 22, 21, 52);
const at = (day: number, hour: number, minute: number) =>
  timeWithin(new Date(2026, 10, day, hour, minute).toISOString(), now);

it('says a time inside a sentence by its day, also one to come', () => {
  expect([at(22, 9, 41), at(21, 23, 59), at(23, 0, 5), at(24, 9, 0), at(19, 9, 0)]).toEqual([
    'today, 09:41',
    'yesterday',
    'tomorrow, 00:05',
    '24 Nov',
    '19 Nov',
  ]);
});
