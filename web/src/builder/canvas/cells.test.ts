import { Layout } from '@sallyport/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf, cellAt, HANDLES, resized } from './cells.ts';

const grid = { left: 100, top: 50, width: 1188, gap: 12, row: 26 };
const layout = fc
  .record({
    x: fc.integer({ min: 0, max: 11 }),
    y: fc.integer({ min: 0, max: 40 }),
    w: fc.integer({ min: 1, max: 12 }),
    h: fc.integer({ min: 1, max: 20 }),
  })
  .filter((l) => l.x + l.w <= 12);

describe('grid geometry', () => {
  it('a place on the screen comes back as the same place', () => {
    fc.assert(
      fc.property(layout, (l) => {
        const box = boxOf(grid, l);
        expect(cellAt(grid, box.left, box.top, l)).toEqual(l);
      }),
    );
  });
  it('any drag of any handle gives a valid place, and the opposite edge stands still', () => {
    const pixels = fc.integer({ min: -3000, max: 3000 });
    fc.assert(
      fc.property(layout, fc.constantFrom(...HANDLES), pixels, pixels, (l, handle, dx, dy) => {
        const next = resized(grid, l, handle, dx, dy);
        expect(Layout.safeParse(next).success).toBe(true);
        if (handle.includes('w')) expect(next.x + next.w).toBe(l.x + l.w);
        else expect(next.x).toBe(l.x);
        if (handle.includes('n')) expect(next.y + next.h).toBe(l.y + l.h);
        else expect(next.y).toBe(l.y);
      }),
    );
  });
  it('stays inside the grid wherever the pointer goes', () => {
    expect(cellAt(grid, -500, -500, { w: 4, h: 2 })).toEqual({ x: 0, y: 0, w: 4, h: 2 });
    expect(cellAt(grid, 9999, 50, { w: 4, h: 2 })).toEqual({ x: 8, y: 0, w: 4, h: 2 });
  });
});
