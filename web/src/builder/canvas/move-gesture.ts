import type { Layout } from '@sallyport/contract';
import type { Builder } from '../builder-context.ts';
import { arrangeComponents, moveTogether, reparentComponents } from '../document/arrange-components.ts';
import { topmost } from '../document/locate.ts';
import { frameOf } from './canvas-dom.ts';
import type { CanvasStore } from './canvas-store.ts';
import { edgeScroll } from './edge-scroll.ts';
import { follow } from './gesture.ts';
import { groundFor, type Landing, showLanding } from './landing.ts';

/** Moves the selection with the pointer; what it lands on makes room. A press without a move is a click; what is given up is neither. */
export function moveSelection(
  { editor }: Builder,
  canvas: CanvasStore,
  root: HTMLElement,
  held: string,
  start: PointerEvent,
  on: { readonly click: () => void; readonly cancel: () => void },
): void {
  const { document, page: slug, selection } = editor.getState();
  const page = document.pages[slug];
  const component = page?.components[held];
  const frame = frameOf(root, held);
  if (!page || !component || !frame) return;
  // Only siblings move together: others would leave their containers.
  const ids = topmost(page, selection.includes(held) ? selection : [held]).filter(
    (id) => page.components[id]?.parent === component.parent,
  );
  const box = frame.getBoundingClientRect();
  const from = component.layout;
  const movedTo = (at: Layout) => moveTogether(page, ids, { x: at.x - from.x, y: at.y - from.y });
  const frames = ids.flatMap((id) => frameOf(root, id) ?? []);
  const scroller = root.parentElement;
  const scrolled = scroller?.scrollTop ?? 0;
  const ground = groundFor(root, page, new Set(ids));
  let landing: Landing | undefined;
  const release = () => {
    for (const one of frames) one.style.removeProperty('transform');
    canvas.getState().rest();
  };
  follow(start, {
    begin: () => canvas.getState().show({ moving: new Set(ids) }),
    move(event) {
      const dx = event.clientX - start.clientX;
      const dy = event.clientY - start.clientY;
      edgeScroll(scroller, event.clientY);
      // Under the pointer, also when the page was scrolled meanwhile.
      const down = dy + (scroller?.scrollTop ?? 0) - scrolled;
      for (const one of frames) one.style.transform = `translate(${dx}px, ${down}px)`;
      landing = showLanding(
        canvas,
        root,
        page,
        ground,
        {
          ids: new Set(ids),
          sizeIn: () => from,
          modal: component.type === 'modal',
          placed: (at) => movedTo(at).get(held) ?? at,
        },
        { x: event.clientX, y: event.clientY, left: box.left + dx, top: box.top + dy },
      );
    },
    end(_event, moved) {
      release();
      if (!moved) {
        on.click();
        return;
      }
      if (!landing) return;
      const { parent, at } = landing;
      const layouts = movedTo(at);
      const label = ids.length === 1 ? `Move ${held}` : `Move ${ids.length} components`;
      editor
        .getState()
        .edit(label, (d) =>
          parent === component.parent
            ? arrangeComponents(d, slug, layouts)
            : reparentComponents(
                d,
                slug,
                new Map(ids.map((id) => [id, { parent, layout: layouts.get(id) ?? at }])),
              ),
        );
    },
    cancel() {
      release();
      on.cancel();
    },
  });
}
