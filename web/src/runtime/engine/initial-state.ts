import type { Component } from '@sallyport/contract';
import { COMPONENTS } from '@sallyport/contract';
import { isTemplate, PUBLISHED } from './definition-of.ts';
import { defaultProps, propValue } from './prop-value.ts';
import type { ComponentState } from './session-types.ts';
import { startValueOf } from './start-value-of.ts';

const EXPOSED: Readonly<Record<string, unknown>> = {
  rows: [],
  search: '',
  open: false,
  valid: true,
  values: {},
};

export const INPUTS: ReadonlySet<string> = new Set([
  'textInput',
  'numberInput',
  'select',
  'date',
  'checkbox',
]);

/** A component's props as written, before any binding was evaluated. */
export function literalProps(component: Component): Record<string, unknown> {
  const props: Record<string, unknown> = { ...defaultProps(component.type) };
  for (const [name, value] of Object.entries(component.props)) {
    props[name] = isTemplate(value) ? propValue(component.type, name, null) : value;
  }
  return props;
}

export function initialState(component: Component): ComponentState {
  const props = literalProps(component);
  const exposed: Record<string, unknown> = {};
  for (const name of COMPONENTS[component.type].exposes) exposed[name] = EXPOSED[name] ?? null;
  const published = PUBLISHED[component.type];
  if (published !== undefined) exposed[published] = props[published];
  if (INPUTS.has(component.type)) exposed.value = startValueOf(component.type, component.props, props.value);
  return { props, errors: {}, exposed, touched: false, invalid: null, aside: [], busy: 0 };
}
