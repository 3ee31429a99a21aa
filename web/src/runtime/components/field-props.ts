import type { ReactNode } from 'react';
import type { AppSession } from '../engine/session-types.ts';
import type { ViewProps } from './view-props.ts';

/** What every input shows around its control. A complaint appears once the person has been there. */
export function fieldProps({ id, state, props }: ViewProps, session: AppSession, mode: 'live' | 'edit') {
  const optional = (text: unknown): ReactNode => (typeof text === 'string' && text !== '' ? text : undefined);
  return {
    id: `rt-${id}`,
    label: optional(props.label),
    description: optional(props.hint),
    error: state.touched && state.invalid !== null ? state.invalid : undefined,
    withAsterisk: props.required === true,
    'aria-required': props.required === true || undefined,
    'aria-label': optional(props.label) === undefined ? id : undefined,
    disabled: props.disabled === true,
    readOnly: mode === 'edit',
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
      | 'label'
      | 'input'
      | 'description'
      | 'error'
    )[],
    onBlur: () => session.touch(id),
  };
}
