const NEAR = 28;
const STEP = 14;

/** Scrolls the canvas while something is dragged along its upper or lower edge. */
export function edgeScroll(scroller: HTMLElement | null, y: number): void {
  if (!scroller) return;
  const { top, bottom } = scroller.getBoundingClientRect();
  if (y < top + NEAR) scroller.scrollTop -= STEP;
  else if (y > bottom - NEAR) scroller.scrollTop += STEP;
}
