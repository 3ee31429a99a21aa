import type { ComponentType } from '@sallyport/contract';
import { memo } from 'react';
import { Hint } from '../ui/hint.tsx';
import { ComponentBoundary } from './component-boundary.tsx';
import { viewOf } from './component-views.ts';
import { FieldErrors } from './field-errors.tsx';
import { KeepsKeyboard } from './keeps-keyboard.tsx';
import { ReadingMark } from './reading-mark.tsx';
import { useComponentState, useRuntime } from './runtime-context.tsx';
import './runtime.css';

/** They have room for the whole of what went wrong. */
const SAYS_ITSELF: ReadonlySet<ComponentType> = new Set(['chart', 'table']);

/**
 * One component of an app, as members see it. A builder's canvas renders the same, in the mode `edit` of its
 * `RuntimeProvider`, and wraps it through `renderComponent`.
 */
export const ComponentView = memo(function ComponentView({
  id,
  type,
  page,
}: {
  readonly id: string;
  /** Not the component itself: that it moved is no reason to draw it again. */
  readonly type: ComponentType;
  readonly page: string;
}) {
  const { mode } = useRuntime();
  const state = useComponentState(id);
  if (state === undefined || (state.props.hidden === true && mode === 'live')) return null;
  const View = viewOf(type);
  if (View === undefined) return null;
  const tooltip = String(state.props.tooltip ?? '');
  return (
    <Hint text={tooltip}>
      <div className={`rt-component${state.props.hidden === true ? ' rt-hidden' : ''}`}>
        <ComponentBoundary id={id} mode={mode} of={state}>
          <View id={id} type={type} page={page} state={state} props={state.props} />
        </ComponentBoundary>
        <FieldErrors id={id} type={type} errors={state.errors} />
        {!SAYS_ITSELF.has(type) && <ReadingMark id={id} />}
        <KeepsKeyboard id={id} />
      </div>
    </Hint>
  );
});
