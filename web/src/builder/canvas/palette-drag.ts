import { COMPONENTS, type ComponentType } from '@sallyport/contract';
import type { Builder } from '../builder-context.ts';
import { placeNew } from '../commands.ts';
import { sizeWithin } from '../document/size-within.ts';
import { ONE_THING } from '../view-store.ts';
import { follow } from './gesture.ts';
import { groundFor, type Landing, showLanding } from './landing.ts';

/** The palette makes room for what was placed; on a phone, so does the side that it stands in. */
export function leavePalette({ view }: Builder): void {
  const side = window.matchMedia(ONE_THING).matches ? 'none' : view.getState().side;
  view.getState().show({ palette: false, side });
}

/** Drags a new component from the palette onto the canvas. A plain press is left to its click. */
export function beginPaletteDrag(builder: Builder, type: ComponentType, start: PointerEvent): void {
  if (start.button !== 0) return;
  const canvas = builder.canvas.current;
  const { document: app, page: slug } = builder.editor.getState();
  const page = app.pages[slug];
  if (!page) return;
  const chip = document.createElement('div');
  chip.className = 'bd-drag-chip';
  chip.textContent = COMPONENTS[type].label;
  const ground = canvas && groundFor(canvas.root, page, new Set());
  let landing: Landing | undefined;
  const done = () => {
    chip.remove();
    canvas?.store.getState().rest();
    leavePalette(builder);
  };
  follow(start, {
    begin: () => {
      document.body.append(chip);
    },
    move(event) {
      chip.style.transform = `translate(${event.clientX + 10}px, ${event.clientY + 10}px)`;
      if (!canvas || !ground) return;
      const box = canvas.scroller.getBoundingClientRect();
      const over =
        event.clientX > box.left &&
        event.clientX < box.right &&
        event.clientY > box.top &&
        event.clientY < box.bottom;
      if (!over) {
        landing = undefined;
        canvas.store.getState().rest();
        return;
      }
      landing = showLanding(
        canvas.store,
        canvas.root,
        page,
        ground,
        { ids: new Set(), sizeIn: (parent) => sizeWithin(page, parent, type), modal: type === 'modal' },
        { x: event.clientX, y: event.clientY, left: event.clientX - 24, top: event.clientY - 12 },
      );
    },
    end(_event, moved) {
      // Were the palette gone by then, the click of a finger would be one on what stands below it.
      if (!moved) return;
      done();
      if (landing) placeNew(builder, type, { x: landing.at.x, y: landing.at.y, parent: landing.parent });
    },
    cancel: done,
  });
}
