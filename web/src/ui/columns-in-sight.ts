import { type RefObject, useEffect, useState } from 'react';

/** The columns from `from` up to `to`, which is not among them. */
export interface Sight {
  readonly from: number;
  readonly to: number;
}

/** So few are drawn all: what scrolls beside them would cost more. */
const FEW = 24;
/** They come and go by so many, so that a row is not drawn again at each step of the wheel; as many more stand on both sides. */
const STEP = 8;

/** Which columns of these widths a window of this size shows, with some on both sides; all of them where they are few. */
export function columnsInSight(widths: readonly number[], left: number, size: number): Sight {
  if (widths.length <= FEW) return { from: 0, to: widths.length };
  let end = 0;
  let from = widths.length;
  let to = 0;
  widths.forEach((width, at) => {
    const start = end;
    end += width;
    if (end > left) from = Math.min(from, at);
    if (start < left + size) to = at + 1;
  });
  return {
    from: Math.max(0, Math.floor(from / STEP) * STEP - STEP),
    to: Math.min(widths.length, Math.ceil(to / STEP) * STEP + STEP),
  };
}

/** The columns of these widths that are in sight of what scrolls. */
export function useColumnsInSight(scroller: RefObject<HTMLElement | null>, widths: readonly number[]): Sight {
  const [sight, setSight] = useState<Sight>(() => columnsInSight(widths, 0, window.innerWidth));
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = () => {
      const next = columnsInSight(widths, element.scrollLeft, element.clientWidth);
      setSight((before) => (before.from === next.from && before.to === next.to ? before : next));
    };
    look();
    if (widths.length <= FEW) return;
    const sized = new ResizeObserver(look);
    sized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, widths]);
  return sight;
}
