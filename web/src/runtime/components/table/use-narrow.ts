import { type RefObject, useLayoutEffect, useState } from 'react';

/** Whether an element is narrower than this many pixels. */
export function useNarrow(place: RefObject<HTMLElement | null>, width: number): boolean {
  const [narrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    setNarrow(element.clientWidth > 0 && element.clientWidth < width);
    const watcher = new ResizeObserver(() =>
      setNarrow(element.clientWidth > 0 && element.clientWidth < width),
    );
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [place, width]);
  return narrow;
}
