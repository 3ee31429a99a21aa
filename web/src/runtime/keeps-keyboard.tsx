import { useLayoutEffect } from 'react';
import { rememberFocus } from '../ui/use-focus-return.ts';
import { useRuntime } from './runtime-context.tsx';

/**
 * Stands in a component, and gives the keyboard to what is before it when the component is hidden with the keyboard in
 * it, as a panel by the button that closes it. Nobody begins at the head of the page again.
 */
export function KeepsKeyboard({ id }: { readonly id: string }) {
  const { session } = useRuntime();
  useLayoutEffect(
    () => () => {
      const within = document.activeElement?.closest(`[data-component="${CSS.escape(id)}"]`);
      if (within && session.component(id)?.props.hidden === true) rememberFocus()();
    },
    [session, id],
  );
  return null;
}
