import type { Layout } from '@sallyport/contract';
import { COLUMNS, clampLayout } from '../document/settle.ts';

/** Measures of one grid on the screen, in pixels. */
export interface GridMeasure {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** Between columns. */
  readonly gap: number;
  readonly row: number;
}

/** Width of one column and the gap after it. */
const pitch = (grid: GridMeasure): number => (grid.width + grid.gap) / COLUMNS;

/** The cell whose top left is nearest to a point, for something of a size. */
export function cellAt(grid: GridMeasure, x: number, y: number, size: { w: number; h: number }): Layout {
  return clampLayout({
    x: Math.round((x - grid.left) / pitch(grid)),
    y: Math.max(0, Math.round((y - grid.top) / grid.row)),
    w: Math.min(size.w, COLUMNS),
    h: size.h,
  });
}

/** Where a place stands on the screen. */
export function boxOf(grid: GridMeasure, { x, y, w, h }: Layout) {
  return {
    left: grid.left + x * pitch(grid),
    top: grid.top + y * grid.row,
    width: w * pitch(grid) - grid.gap,
    height: h * grid.row,
  };
}

/** Which edges a handle moves: `nw`, `e`, … */
export const HANDLES = ['nw', 'n', 'ne', 'w', 'e', 'sw', 's', 'se'] as const;
export type Handle = (typeof HANDLES)[number];

/** A place after one of its handles was dragged by pixels; the opposite edge stands still. */
export function resized(grid: GridMeasure, from: Layout, handle: Handle, dx: number, dy: number): Layout {
  const columns = Math.round(dx / pitch(grid));
  const rows = Math.round(dy / grid.row);
  let { x, y, w, h } = from;
  if (handle.includes('e')) w = Math.max(1, Math.min(COLUMNS - x, w + columns));
  if (handle.includes('w')) {
    const step = Math.max(-x, Math.min(w - 1, columns));
    x += step;
    w -= step;
  }
  if (handle.includes('s')) h = Math.max(1, h + rows);
  if (handle.includes('n')) {
    const step = Math.max(-y, Math.min(h - 1, rows));
    y += step;
    h -= step;
  }
  return { x, y, w, h };
}

/** Do two boxes on the screen touch? */
export const touch = (
  a: { left: number; top: number; width: number; height: number },
  b: { left: number; top: number; width: number; height: number },
): boolean =>
  a.left < b.left + b.width &&
  b.left < a.left + a.width &&
  a.top < b.top + b.height &&
  b.top < a.top + a.height;
