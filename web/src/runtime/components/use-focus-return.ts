import { useEffect } from 'react';
import { menuOwner } from '../../ui/menu-owner.ts';

/** A question that led here may still be fading, with the focus in it. */
const FADED_MS = 300;

/** Gives the keyboard to a place, when nothing else has taken it once what had it is gone. */
export function giveFocus(to: Element | null): void {
  const give = (): void => {
    if (document.activeElement === document.body && to instanceof HTMLElement && to.isConnected)
      to.focus({ preventScroll: true });
  };
  setTimeout(give);
  setTimeout(give, FADED_MS);
}

/** Remembers where the keyboard is; the function gives it back there, when nothing else has taken it by then. */
export function rememberFocus(): () => void {
  const before = menuOwner() ?? document.activeElement;
  return () => giveFocus(before);
}

/** Gives the keyboard back to where it was before a panel opened. */
export function useFocusReturn(): void {
  useEffect(() => rememberFocus(), []);
}
