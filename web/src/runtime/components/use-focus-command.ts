import { type RefObject, useEffect } from 'react';
import { useRuntime } from '../runtime-context.tsx';

/**
 * Focuses the input when an event handler or a refused form asks for it, as soon as it can have the keyboard.
 *
 * @param focused - the same function from render to render
 */
export function useFocusCommand(
  id: string,
  input: RefObject<HTMLElement | null>,
  disabled: unknown,
  focused?: () => void,
): void {
  const { session } = useRuntime();
  useEffect(
    () =>
      session.onFocus((target) => {
        if (target !== id || disabled === true) return false;
        input.current?.focus();
        if (document.activeElement !== input.current) return false;
        focused?.();
        return true;
      }),
    [session, id, input, disabled, focused],
  );
}
