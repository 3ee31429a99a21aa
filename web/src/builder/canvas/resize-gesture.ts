import type { Builder } from '../builder-context.ts';
import { arrangeComponents } from '../document/arrange-components.ts';
import { layoutsIn, movedFrom, settle } from '../document/settle.ts';
import { measureGrid } from './canvas-dom.ts';
import type { CanvasStore } from './canvas-store.ts';
import { type Handle, resized } from './cells.ts';
import { follow } from './gesture.ts';

/** Resizes a component by one of its handles; siblings in the way move down while it is dragged. */
export function resizeComponent(
  { editor }: Builder,
  canvas: CanvasStore,
  root: HTMLElement,
  id: string,
  handle: Handle,
  start: PointerEvent,
): void {
  const { document, page: slug } = editor.getState();
  const page = document.pages[slug];
  const component = page?.components[id];
  const grid = component && measureGrid(root, component.parent);
  if (!page || !component || !grid) return;
  const siblings = layoutsIn(page, component.parent);
  let next = component.layout;
  follow(start, {
    move(event) {
      next = resized(
        grid,
        component.layout,
        handle,
        event.clientX - start.clientX,
        event.clientY - start.clientY,
      );
      const layouts =
        component.type === 'modal'
          ? new Map([[id, next]])
          : settle(new Map(siblings).set(id, next), new Set([id]));
      canvas.getState().show({ layouts: movedFrom(page, layouts) });
    },
    end(_event, moved) {
      canvas.getState().rest();
      if (moved)
        editor.getState().edit(`Resize ${id}`, (d) => arrangeComponents(d, slug, new Map([[id, next]])));
    },
    cancel: () => canvas.getState().rest(),
  });
}
