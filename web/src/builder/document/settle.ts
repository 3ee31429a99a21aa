import type { Component, Layout, Page } from '@sallyport/contract';
import { GRID } from '../../runtime/layout/grid.ts';

export const COLUMNS = GRID.columns;

/** Do two places on the grid share a cell? */
export function overlaps(a: Layout, b: Layout): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/**
 * Makes room for `fixed` among its siblings: what overlaps moves down, no further than needed, and pushes on what
 * stands below it (B4). Nothing ever moves up or sideways, so that a person's arrangement holds. Several of `fixed` that
 * would share a cell, as when neighbours grow at once, make room for each other before all others do.
 */
export function settle(
  layouts: ReadonlyMap<string, Layout>,
  fixed: ReadonlySet<string>,
): Map<string, Layout> {
  const result = new Map(layouts);
  const placed: Layout[] = [];
  const after = (id: string): number => (fixed.has(id) ? 0 : 1);
  const inTurn = [...layouts].sort(([a, { x, y }], [b, at]) => after(a) - after(b) || y - at.y || x - at.x);
  for (const [id, layout] of inTurn) {
    let at = layout;
    for (let moved = true; moved; ) {
      moved = false;
      for (const other of placed) {
        if (overlaps(at, other)) {
          at = { ...at, y: other.y + other.h };
          moved = true;
        }
      }
    }
    placed.push(at);
    if (at.y !== layout.y) result.set(id, at);
  }
  return result;
}

/**
 * The page after `settle` among the children of one parent, which grows where they need more room: a member sees it so.
 * Untouched components keep their identity.
 */
export function settlePage(page: Page, parent: string | undefined, fixed: ReadonlySet<string>): Page {
  const moved = movedFrom(page, settle(layoutsIn(page, parent), fixed));
  const components = { ...page.components };
  for (const [id, layout] of moved) components[id] = { ...components[id]!, layout };
  return aroundChildren(moved.size === 0 ? page : { ...page, components }, parent);
}

/** Makes a form or a container as high as what stands in it needs. A modal is drawn as high as that anyway. */
function aroundChildren(page: Page, parent: string | undefined): Page {
  const holder = parent === undefined ? undefined : page.components[parent];
  if (parent === undefined || holder === undefined || holder.type === 'modal') return page;
  const h = bottomOf(page, parent) + rowsAround(holder);
  if (holder.layout.h >= h) return page;
  const grown = { ...holder, layout: clampLayout({ ...holder.layout, h }) };
  const components = { ...page.components, [parent]: grown };
  return settlePage({ ...page, components }, holder.parent, new Set([parent]));
}

/** Rows that a box takes beside its children: for its border, and for its title. */
const rowsAround = ({ props }: Component): number =>
  (props.border === false ? 1 : 2) + ((props.title ?? '') === '' ? 0 : 1);

/** Where the children of one parent stand. Modals float: they take no room among their siblings. */
export function layoutsIn(page: Page, parent: string | undefined): Map<string, Layout> {
  return new Map(
    Object.entries(page.components)
      .filter(([, component]) => component.parent === parent && component.type !== 'modal')
      .map(([id, component]) => [id, component.layout]),
  );
}

/** The places among these that are not those of the page. */
export const movedFrom = (page: Page, layouts: ReadonlyMap<string, Layout>): Map<string, Layout> =>
  new Map([...layouts].filter(([id, layout]) => page.components[id]?.layout !== layout));

/** Inside the grid: whole numbers, at least 1 × 1, at most 12 wide. */
export function clampLayout(layout: Layout): Layout {
  const w = Math.min(COLUMNS, Math.max(1, Math.round(layout.w)));
  return {
    x: Math.min(COLUMNS - w, Math.max(0, Math.round(layout.x))),
    y: Math.min(10_000, Math.max(0, Math.round(layout.y))),
    w,
    h: Math.min(1_000, Math.max(1, Math.round(layout.h))),
  };
}

/** The first row below everything in a parent. */
export function bottomOf(page: Page, parent: string | undefined): number {
  return Math.max(0, ...[...layoutsIn(page, parent).values()].map(({ y, h }) => y + h));
}
