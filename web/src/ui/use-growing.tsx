import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { figure } from '../lib/number.ts';
import { Button } from './button.tsx';

const STEP = 100;

/**
 * The first rows of a long list, of which everything is there to be searched: drawing a thousand takes seconds. More
 * are drawn before the end comes into sight; `more` stands below the list and says how many there are.
 */
export function useGrowing<Row>(rows: readonly Row[]): { shown: readonly Row[]; more: ReactNode } {
  const [limit, setLimit] = useState(STEP);
  const end = useRef<HTMLParagraphElement>(null);
  const cut = rows.length > limit;
  useEffect(() => {
    if (!cut || end.current === null) return;
    // Begun anew with each limit: what is still in sight then is told again.
    const watcher = new IntersectionObserver(([seen]) => seen?.isIntersecting && setLimit(limit + STEP), {
      // Within a list that scrolls too: nobody who goes from row to row meets the end before it has moved.
      scrollMargin: '800px',
    });
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [cut, limit]);
  if (!cut) return { shown: rows, more: null };
  const showAll = (event: MouseEvent<HTMLElement>) => {
    const list = event.currentTarget.parentElement?.previousElementSibling;
    // The button goes: who pressed it stands where the rows go on.
    const last = [...(list?.querySelectorAll<HTMLElement>('a, input') ?? [])].at(-1);
    last?.focus({ preventScroll: true });
    setLimit(Number.POSITIVE_INFINITY);
  };
  return {
    shown: rows.slice(0, limit),
    more: (
      <p ref={end} className="sp-more sp-t3 sp-sm sp-tn">
        The first {figure(limit)} of {figure(rows.length)}
        <Button size="sm" onClick={showAll}>
          Show all
        </Button>
      </p>
    ),
  };
}
