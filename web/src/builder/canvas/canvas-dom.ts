import { GRID } from '../../runtime/layout/grid.ts';
import type { GridMeasure } from './cells.ts';

/** The frame of a component on the canvas. */
export const frameOf = (root: ParentNode, id: string): HTMLElement | null =>
  root.querySelector(`[data-component="${CSS.escape(id)}"]`);

/** The component that an element of the canvas belongs to. */
export const componentAt = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-component]')?.dataset.component : undefined;

/** Scrolls to components; of several, when none is wholly in sight: to as many as there is room for, from the first. */
export function bringIntoSight(root: ParentNode, scroller: Element, ids: readonly string[]): void {
  const frames = ids.flatMap((id) => frameOf(root, id) ?? []);
  const { top, bottom } = scroller.getBoundingClientRect();
  const boxes = frames.map((frame) => ({ frame, box: frame.getBoundingClientRect() }));
  if (boxes.length > 1 && boxes.some(({ box }) => box.top >= top && box.bottom <= bottom)) return;
  boxes.sort((one, other) => other.box.bottom - one.box.bottom || other.box.top - one.box.top);
  for (const { frame } of boxes) frame.scrollIntoView({ block: 'nearest' });
}

/** The grid of the page, or of a container, as it stands on the screen now. */
export function measureGrid(root: ParentNode, parent: string | undefined): GridMeasure | undefined {
  const host = parent === undefined ? root : frameOf(root, parent);
  const grid = host?.querySelector<HTMLElement>('.rt-grid');
  if (!grid) return undefined;
  const style = getComputedStyle(grid);
  const box = grid.getBoundingClientRect();
  const left = Number.parseFloat(style.paddingLeft) || 0;
  const right = Number.parseFloat(style.paddingRight) || 0;
  return {
    left: box.left + left,
    top: box.top + (Number.parseFloat(style.paddingTop) || 0),
    width: box.width - left - right,
    gap: GRID.gap,
    row: GRID.row,
  };
}
