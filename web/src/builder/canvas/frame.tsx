import { COMPONENTS, type Component } from '@sallyport/contract';
import { type CSSProperties, memo, type ReactNode } from 'react';
import { sameValue } from '../../lib/same-value.ts';
import { GRID, styleOfPlace } from '../../runtime/layout/grid.ts';
import { useEditor } from '../builder-context.ts';
import { useCanvas } from './canvas-context.ts';
import { Chrome } from './chrome.tsx';
import { showsOnCanvas } from './shows-on-canvas.ts';

interface FrameProps {
  readonly id: string;
  readonly component: Component;
  readonly style: CSSProperties;
  readonly children: ReactNode;
}

/** One component on the canvas: selectable, movable, with its view inside. */
export const Frame = memo(function Frame({ id, component, style, children }: FrameProps) {
  const selected = useEditor((s) => s.selection.includes(id));
  const alone = useEditor((s) => s.selection.length === 1 && s.selection[0] === id);
  const layout = useCanvas((s) => s.layouts.get(id));
  const moving = useCanvas((s) => s.moving.has(id));
  const landing = useCanvas((s) => s.landing?.parent === id);
  const { container, label } = COMPONENTS[component.type];
  const modal = component.type === 'modal';
  const open = useEditor((s) => modal && showsOnCanvas(s, id));
  if (modal && !open) return null;
  const place = layout ? styleOfPlace(layout) : style;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a frame is a place for a component, not a set of fields
    <div
      className="bd-frame"
      role="group"
      aria-label={`${label} ${id}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: each component is a stop for the keyboard, which moves and resizes it
      tabIndex={0}
      data-component={id}
      data-selected={selected || undefined}
      data-moving={moving || undefined}
      data-landing={landing || undefined}
      data-modal={modal || undefined}
      style={modal ? undefined : place}
    >
      {/* What stands in a frame does not take the pointer or the keyboard; the rows of a selected table do. */}
      <div
        className={`bd-frame-body rt-cell rt-cell-${component.type}`}
        inert={!container && !(alone && component.type === 'table')}
        style={modal ? { minHeight: (layout ?? component.layout).h * GRID.row } : undefined}
      >
        {children}
      </div>
      {selected && <Chrome id={id} type={component.type} alone={alone} />}
    </div>
  );
}, isSameFrame);

/** An edit of one component makes new places of them all; what stands in a frame follows its id and its type. */
function isSameFrame(before: FrameProps, now: FrameProps): boolean {
  return before.id === now.id && before.component === now.component && sameValue(before.style, now.style);
}
