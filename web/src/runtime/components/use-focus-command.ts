import { type RefObject, useEffect } from 'react';
import { useRuntime } from '../runtime-context.tsx';

/** Focuses the input when an event handler or a refused form asks for it. */
export function useFocusCommand(id: string, input: RefObject<HTMLElement | null>): void {
  const { session } = useRuntime();
  useEffect(
    () =>
      session.onFocus((target) => {
        if (target === id) input.current?.focus();
      }),
    [session, id, input],
  );
}
