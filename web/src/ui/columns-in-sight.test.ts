import { expect, it } from 'vitest';
import { columnsInSight } from './columns-in-sight.ts';

it('of many columns those in sight are drawn, with some beside them, and of a few all', () => {
  const many = Array.from({ length: 500 }, (_, i) => (i % 2 === 0 ? 100 : 60));
  expect(columnsInSight(many, 0, 1_000)).toEqual({ from: 0, to: 24 });
  // From the 200th on, twelve and a half fit.
  expect(columnsInSight(many, 200 * 80, 1_000)).toEqual({ from: 192, to: 224 });
  expect(columnsInSight(many, 500 * 80 - 1_000, 1_000)).toEqual({ from: 472, to: 500 });
  for (let left = 0; left < 39_000; left += 130) {
    const { from, to } = columnsInSight(many, left, 1_000);
    const startOf = (at: number) => many.slice(0, at).reduce((sum, width) => sum + width, 0);
    expect(startOf(from) <= left && startOf(to) >= left + 1_000, String(left)).toBe(true);
    expect(to - from).toBeLessThanOrEqual(40);
  }
  expect(columnsInSight(many.slice(0, 20), 700, 300)).toEqual({ from: 0, to: 20 });
  expect(columnsInSight([], 0, 300)).toEqual({ from: 0, to: 0 });
});
