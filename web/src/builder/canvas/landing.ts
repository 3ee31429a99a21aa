import { COMPONENTS, type Layout, type Page } from '@sallyport/contract';
import { withDescendants } from '../document/locate.ts';
import { settle } from '../document/settle.ts';
import { containerAt, measureGrid } from './canvas-dom.ts';
import type { CanvasStore } from './canvas-store.ts';
import { boxOf, cellAt } from './cells.ts';

export interface Landing {
  readonly parent: string | undefined;
  /** Of the thing that is held. */
  readonly at: Layout;
}

/** Where something of a size lands when its top left is at a point, and what must make room; shown, not done. */
export function showLanding(
  canvas: CanvasStore,
  root: HTMLElement,
  page: Page,
  held: {
    readonly ids: ReadonlySet<string>;
    readonly size: { w: number; h: number };
    readonly modal: boolean;
  },
  point: { readonly x: number; readonly y: number; readonly left: number; readonly top: number },
): Landing | undefined {
  const inside = withDescendants(page, held.ids);
  const parent = held.modal
    ? undefined
    : containerAt(point.x, point.y, (id) => {
        const type = page.components[id]?.type;
        return type !== undefined && COMPONENTS[type].container && !inside.has(id);
      });
  const grid = measureGrid(root, parent);
  if (!grid) return undefined;
  const at = cellAt(grid, point.left, point.top, held.size);
  const layouts = new Map<string, Layout>([['\0held', at]]);
  for (const [id, component] of Object.entries(page.components)) {
    if (component.parent === parent && component.type !== 'modal' && !held.ids.has(id))
      layouts.set(id, component.layout);
  }
  const settled = held.modal ? layouts : settle(layouts, new Set(['\0held']));
  settled.delete('\0held');
  const changed = new Map([...settled].filter(([id, layout]) => page.components[id]?.layout !== layout));
  const origin = root.getBoundingClientRect();
  const box = boxOf(grid, at);
  canvas.getState().show({
    layouts: changed,
    landing: { parent, box: { ...box, left: box.left - origin.left, top: box.top - origin.top } },
  });
  return { parent, at };
}
