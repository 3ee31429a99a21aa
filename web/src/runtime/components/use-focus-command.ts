import { type RefObject, useEffect } from 'react';
import { useRuntime } from '../runtime-context.tsx';

/** Focuses the input when an event handler or a refused form asks for it, as soon as it can have the keyboard. */
export function useFocusCommand(id: string, input: RefObject<HTMLElement | null>, disabled: unknown): void {
  const { session } = useRuntime();
  useEffect(
    () =>
      session.onFocus((target) => {
        if (target !== id || disabled === true) return false;
        input.current?.focus();
        return document.activeElement === input.current;
      }),
    [session, id, input, disabled],
  );
}
