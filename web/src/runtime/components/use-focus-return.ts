import { useEffect } from 'react';
import { menuOwner } from '../../ui/menu-owner.ts';

/** A question that led here may still be fading, with the focus in it. */
const FADED_MS = 300;

/** Remembers where the keyboard is; the function gives it back there, when nothing else has taken it by then. */
export function rememberFocus(): () => void {
  const before = menuOwner() ?? document.activeElement;
  const giveBack = (): void => {
    if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected)
      before.focus({ preventScroll: true });
  };
  return () => {
    setTimeout(giveBack);
    setTimeout(giveBack, FADED_MS);
  };
}

/** Gives the keyboard back to where it was before a panel opened. */
export function useFocusReturn(): void {
  useEffect(() => rememberFocus(), []);
}
