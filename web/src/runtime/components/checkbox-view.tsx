import { Checkbox, Switch } from '@mantine/core';
import { useRef } from 'react';
import { useRuntime } from '../runtime-context.tsx';
import { useFocusCommand } from './use-focus-command.ts';
import type { ViewProps } from './view-props.ts';

/** Yes or no, as a box or a switch. */
export function CheckboxView({ id, props, state }: ViewProps) {
  const { session, mode } = useRuntime();
  const input = useRef<HTMLInputElement>(null);
  useFocusCommand(id, input, props.disabled);
  const Control = props.style === 'switch' ? Switch : Checkbox;
  const label = String(props.label ?? '');
  return (
    <Control
      ref={input}
      id={`rt-${id}`}
      className="rt-check"
      label={label === '' ? undefined : label}
      aria-label={label === '' ? id : undefined}
      description={props.hint === '' ? undefined : String(props.hint)}
      checked={state.exposed.value === true}
      disabled={props.disabled === true}
      onChange={(event) => {
        if (mode === 'live') session.change(id, event.currentTarget.checked);
      }}
    />
  );
}
