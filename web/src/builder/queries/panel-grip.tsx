import type { PointerEvent } from 'react';
import { useBuilder, useView } from '../builder-context.ts';

const clamp = (height: number) => Math.max(160, Math.min(window.innerHeight - 220, height));

/** Drags the panel's upper edge; the arrow keys move it too. */
export function PanelGrip() {
  const { view } = useBuilder();
  const height = useView((s) => s.panelHeight);
  const set = (next: number) => view.getState().show({ panelHeight: clamp(next) });
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    set(window.innerHeight - event.clientY);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a splitter, which no element is
    <div
      className="bd-qp-grip"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the query panel"
      aria-valuenow={height}
      aria-valuemin={160}
      aria-valuemax={800}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp') set(height + 24);
        if (event.key === 'ArrowDown') set(height - 24);
      }}
    />
  );
}
