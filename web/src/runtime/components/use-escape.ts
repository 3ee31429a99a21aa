import { useEffect, useRef } from 'react';

/** A list or a calendar that is open over the panel takes Escape first, and closes alone. */
const takesEscape = (target: Element): boolean =>
  target.matches('[aria-expanded="true"], [data-mantine-stop-propagation="true"]') ||
  target.closest('.mantine-Popover-dropdown') !== null ||
  document.querySelector('[data-dates-dropdown]') !== null;

/** Escape closes a panel: `isTop` says whether anything lies over it. */
export function useEscape(close: () => void, isTop: () => boolean): void {
  const latest = useRef({ close, isTop });
  latest.current = { close, isTop };
  useEffect(() => {
    let taken = false;
    // Asked before anybody has answered the key: what took it is closed, or gone, afterwards.
    const before = (event: KeyboardEvent): void => {
      taken = event.target instanceof Element && takesEscape(event.target);
      taken ||= !latest.current.isTop();
    };
    const after = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && !taken) latest.current.close();
    };
    document.addEventListener('keydown', before, true);
    document.addEventListener('keydown', after);
    return () => {
      document.removeEventListener('keydown', before, true);
      document.removeEventListener('keydown', after);
    };
  }, []);
}
