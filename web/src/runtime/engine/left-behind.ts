import type { ComponentStates } from './component-states.ts';
import { shownText } from './shown-text.ts';

/**
 * What was typed into inputs that a newer release does not have, as a person may type it again elsewhere: `Total: 12,50`.
 * A password is named, and not shown.
 */
export const leftBehind = (inputs: readonly string[], { read }: Pick<ComponentStates, 'read'>): string =>
  inputs
    .map((id) => {
      const { props, exposed } = read(id);
      const label = shownText(props.label) || id;
      return props.format === 'password' ? label : `${label}: ${shownText(exposed.value)}`;
    })
    .join('; ');
