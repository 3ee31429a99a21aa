import type { Component } from '@sallyport/contract';
import type { Question } from './session-types.ts';

/** The words of the button that begins a component's steps: the button itself, or the one that sends its form. */
export function verbOf(
  components: Readonly<Record<string, Component>>,
  id: string,
): Pick<Question, 'verb' | 'danger'> | undefined {
  const component = components[id];
  const button =
    component?.type === 'form'
      ? Object.values(components).find(
          ({ type, parent, props }) => type === 'button' && parent === id && props.submit === true,
        )
      : component;
  const label = button?.type === 'button' ? button.props.label : undefined;
  // A label that is worked out may say anything, so it is not taken for a verb.
  if (typeof label !== 'string' || label === '' || label.includes('{{')) return undefined;
  return { verb: label.replace(/…$/, ''), danger: button?.props.variant === 'danger' };
}
