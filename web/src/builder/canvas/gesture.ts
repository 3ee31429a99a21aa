/** Follows one pointer until it is released; Escape or a lost pointer gives up. `move` comes at most once a frame. */
export function follow(
  start: PointerEvent,
  on: {
    /** Called once the pointer has left its place by a few pixels. */
    begin?: () => void;
    move: (event: PointerEvent) => void;
    /** `moved` is false for a plain click. */
    end: (event: PointerEvent, moved: boolean) => void;
    cancel: () => void;
  },
): void {
  const SLACK = 4;
  let moved = false;
  let frame = 0;
  let latest = start;
  const stop = () => {
    cancelAnimationFrame(frame);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKey, true);
  };
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== start.pointerId) return;
    latest = event;
    if (!moved) {
      if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < SLACK) return;
      moved = true;
      on.begin?.();
    }
    event.preventDefault();
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => on.move(latest));
  };
  const onUp = (event: PointerEvent) => {
    if (event.pointerId !== start.pointerId) return;
    stop();
    if (moved) on.move(event);
    on.end(event, moved);
  };
  const onCancel = () => {
    stop();
    on.cancel();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !moved) return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  window.addEventListener('keydown', onKey, true);
}
