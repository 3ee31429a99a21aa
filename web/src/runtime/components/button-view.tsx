import { useContext } from 'react';
import { Button, type ButtonTone } from '../../ui/button.tsx';
import { useRuntime } from '../runtime-context.tsx';
import { FormBusy } from './form-view.tsx';
import type { ViewProps } from './view-props.ts';

/** A button. While its steps run it says so, and a second press does nothing. */
export function ButtonView({ id, props, state }: ViewProps) {
  const { session, mode } = useRuntime();
  const label = String(props.label ?? '') || id;
  const formBusy = useContext(FormBusy);
  const working = props.loading === true || state.busy > 0 || (props.submit === true && formBusy);
  return (
    <div className="rt-button" data-align={String(props.align)}>
      <Button
        type={props.submit === true && mode === 'live' ? 'submit' : 'button'}
        tone={String(props.variant) as ButtonTone}
        busy={working && `${label.replace(/…$/, '')}…`}
        disabledReason={
          props.disabled === true && (String(props.tooltip ?? '') || 'Not available right now.')
        }
        onClick={() => {
          if (mode === 'live') void session.fire(id, 'onClick');
        }}
      >
        <span className="sp-cut" title={label}>
          {label}
        </span>
      </Button>
    </div>
  );
}
