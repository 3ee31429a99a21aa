import { expect, it } from 'vitest';
import { isClockType } from './clock-type.ts';

it('tells the columns whose times have no zone, by what their engine calls them', () => {
  for (const type of [
    'datetime',
    'datetime(6)',
    'timestamp without time zone',
    'timestamp(3) without time zone',
  ])
    expect(isClockType(type)).toBe(true);
  for (const type of [
    'timestamp',
    'timestamp(6)',
    'timestamp with time zone',
    'date',
    'time without time zone',
  ])
    expect(isClockType(type)).toBe(false);
});
