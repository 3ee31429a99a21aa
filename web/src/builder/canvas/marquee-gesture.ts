import type { Builder } from '../builder-context.ts';
import type { CanvasStore } from './canvas-store.ts';
import { touch } from './cells.ts';
import { follow } from './gesture.ts';

/** Selects what a rectangle touches; a press on nothing selects nothing. */
export function marqueeSelect(
  { editor }: Builder,
  canvas: CanvasStore,
  root: HTMLElement,
  start: PointerEvent,
): void {
  const before = start.shiftKey ? editor.getState().selection : [];
  if (!start.shiftKey) editor.getState().select([]);
  follow(start, {
    move(event) {
      const box = {
        left: Math.min(start.clientX, event.clientX),
        top: Math.min(start.clientY, event.clientY),
        width: Math.abs(event.clientX - start.clientX),
        height: Math.abs(event.clientY - start.clientY),
      };
      const origin = root.getBoundingClientRect();
      canvas
        .getState()
        .show({ marquee: { ...box, left: box.left - origin.left, top: box.top - origin.top } });
      const hit = [
        ...root.querySelectorAll<HTMLElement>(':scope .bd-page-grid > .rt-grid > [data-component]'),
      ]
        .filter((frame) => touch(frame.getBoundingClientRect(), box))
        .map((frame) => frame.dataset.component as string);
      editor.getState().select([...new Set([...before, ...hit])]);
    },
    end: () => canvas.getState().rest(),
    cancel: () => canvas.getState().rest(),
  });
}
