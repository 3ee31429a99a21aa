import { expect, it } from 'vitest';
import { dayAndTime, timeWithin } from './when.ts';

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

it('says the time of a past day beside it', () => {
  const of = (...local: [number, number, number, number, number]) =>
    dayAndTime(new Date(...local).toISOString(), now);
  expect([of(2026, 10, 22, 9, 41), of(2026, 10, 21, 23, 59), of(2026, 10, 19, 9, 0)]).toEqual([
    '09:41',
    'Yesterday 23:59',
    '19 Nov, 09:00',
  ]);
  expect(of(2025, 10, 19, 9, 0)).toBe('19 Nov 2025, 09:00');
});
