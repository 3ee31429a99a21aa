import { type RefObject, useLayoutEffect, useRef } from 'react';
import { seenText } from '../../lib/seen-text.ts';
import { SkeletonBar } from '../../ui/skeleton.tsx';
import { useSlow } from '../../ui/use-slow.ts';
import { shownText } from '../engine/shown-text.ts';
import { useReading } from '../runtime-context.tsx';
import { fitFigures } from './fit-figures.ts';
import { formatNumber } from './format-number.ts';
import type { ViewProps } from './view-props.ts';

/** One figure with its label. */
export function StatisticView({ id, props }: ViewProps) {
  const waits = useSlow(useReading(id).isFetching);
  const value = props.value;
  const empty = value === null || value === undefined || value === '';
  const isNumber = props.format !== 'text' && !empty && typeof value !== 'object';
  // What is no number comes back as it is.
  const text = seenText(
    isNumber
      ? formatNumber(
          value,
          props.format as 'number' | 'currency' | 'percent',
          String(props.currency || 'EUR'),
        )
      : shownText(value),
  );
  const box = useRef<HTMLDListElement>(null);
  useFigures(box, text);
  return (
    <dl ref={box} className="rt-statistic">
      <dt className="sp-t2 sp-sm sp-cut">{String(props.label ?? '')}</dt>
      <dd
        className={`rt-figure sp-tn${empty ? ' sp-t3' : ''}${isNumber ? ' rt-figure-number' : ''}`}
        title={empty ? undefined : seenText(shownText(value))}
      >
        {empty ? waits ? <SkeletonBar width="40%" /> : '—' : text}
      </dd>
      {props.caption !== '' && <dd className="sp-t3 sp-sm">{String(props.caption)}</dd>}
    </dl>
  );
}

/** Fits the figures of its row again when this one is another, or has another room. */
function useFigures(box: RefObject<HTMLElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what is measured
  useLayoutEffect(() => {
    const element = box.current;
    const grid = element?.closest('.rt-grid');
    if (!element || !grid) return;
    fitFigures(grid);
    const watcher = new ResizeObserver(() => fitFigures(grid));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [box, text]);
}
