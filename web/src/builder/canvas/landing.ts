import { COMPONENTS, type Layout, type Page } from '@sallyport/contract';
import { ancestorsOf } from '../../runtime/layout/component-tree.ts';
import { withDescendants } from '../document/locate.ts';
import { layoutsIn, movedFrom, settle } from '../document/settle.ts';
import type { CanvasStore } from './canvas-store.ts';
import { boxOf, cellAt } from './cells.ts';
import { type Ground, surveyGround } from './ground.ts';

export interface Landing {
  readonly parent: string | undefined;
  /** Of the thing that is held. */
  readonly at: Layout;
}

/** The ground of a gesture that holds these components: they and what is in them take nothing. */
export function groundFor(root: HTMLElement, page: Page, held: ReadonlySet<string>): Ground {
  const inside = withDescendants(page, held);
  const containers = Object.keys(page.components)
    .filter((id) => COMPONENTS[page.components[id]?.type ?? 'text'].container && !inside.has(id))
    // A modal stands above all else; then what stands deeper is nearer.
    .sort((a, b) => depth(page, a) - depth(page, b));
  return surveyGround(root, containers);
}

function depth(page: Page, id: string): number {
  const chain = [id, ...ancestorsOf(page, id)];
  return chain.length + (chain.some((one) => page.components[one]?.type === 'modal') ? 100 : 0);
}

/** Where something of a size lands when its top left is at a point, and what must make room; shown, not done. */
export function showLanding(
  canvas: CanvasStore,
  root: HTMLElement,
  page: Page,
  ground: Ground,
  held: {
    readonly ids: ReadonlySet<string>;
    sizeIn(parent: string | undefined): { w: number; h: number };
    readonly modal: boolean;
    /** Where it stands when those that move with it keep it from a place. */
    placed?(at: Layout): Layout;
  },
  point: { readonly x: number; readonly y: number; readonly left: number; readonly top: number },
): Landing | undefined {
  const parent = held.modal ? undefined : ground.containerAt(point.x, point.y);
  const grid = ground.gridOf(parent);
  if (!grid) return undefined;
  const cell = cellAt(grid, point.left, point.top, held.sizeIn(parent));
  const at = held.placed?.(cell) ?? cell;
  const layouts = layoutsIn(page, parent).set('\0held', at);
  for (const id of held.ids) layouts.delete(id);
  const settled = held.modal ? layouts : settle(layouts, new Set(['\0held']));
  settled.delete('\0held');
  const origin = root.getBoundingClientRect();
  const box = boxOf(grid, at);
  canvas.getState().show({
    layouts: movedFrom(page, settled),
    landing: { parent, box: { ...box, left: box.left - origin.left, top: box.top - origin.top } },
  });
  return { parent, at };
}
