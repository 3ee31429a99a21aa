import type { CSSProperties } from 'react';

/** The grid of a page and of every container, in pixels. A cell keeps `padding` free above and below its component. */
export const GRID = { columns: 12, row: 26, gap: 12, padding: 4 } as const;

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export const styleOfPlace = ({ x, y, w, h }: Placed): CSSProperties => ({
  gridColumn: `${x + 1} / span ${w}`,
  gridRow: `${y + 1} / span ${h}`,
});

/**
 * Places with the rows closed up that only hidden components stood on, so that hiding leaves no hole.
 */
export function closeHiddenRows<T extends { readonly layout: Placed }>(
  all: readonly T[],
  isHidden: (one: T) => boolean,
): readonly { readonly one: T; readonly place: Placed }[] {
  const shown = all.filter((one) => !isHidden(one));
  if (shown.length === all.length) return shown.map((one) => ({ one, place: one.layout }));
  const taken = new Set<number>();
  const freed = new Set<number>();
  const rows = ({ layout }: T, into: Set<number>) => {
    for (let y = layout.y; y < layout.y + layout.h; y++) into.add(y);
  };
  for (const one of all) rows(one, isHidden(one) ? freed : taken);
  const gone = [...freed].filter((y) => !taken.has(y)).sort((a, b) => a - b);
  return shown.map((one) => {
    const above = gone.filter((y) => y < one.layout.y).length;
    return { one, place: { ...one.layout, y: one.layout.y - above } };
  });
}
