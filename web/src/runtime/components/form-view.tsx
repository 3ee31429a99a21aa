import { createContext } from 'react';
import { ComponentGrid } from '../component-grid.tsx';
import { useRuntime } from '../runtime-context.tsx';
import type { ViewProps } from './view-props.ts';

/** Whether the form around a button is being sent. */
export const FormBusy = createContext(false);

/** Inputs that are checked and sent together. */
export function FormView({ id, page, props, state }: ViewProps) {
  const { session, mode } = useRuntime();
  const title = String(props.title ?? '');
  const content = (
    <>
      {title !== '' && <h2 className="rt-box-title">{title}</h2>}
      <fieldset className="rt-fields" disabled={props.disabled === true}>
        <ComponentGrid page={page} parent={id} />
      </fieldset>
    </>
  );
  const className = `rt-box${props.border === true ? ' rt-border' : ''}`;
  if (mode === 'edit') return <section className={className}>{content}</section>;
  return (
    <form
      className={className}
      aria-label={title || undefined}
      aria-busy={state.busy > 0}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (props.disabled !== true) void session.control(id, 'submit');
      }}
    >
      <FormBusy value={state.busy > 0}>{content}</FormBusy>
    </form>
  );
}
