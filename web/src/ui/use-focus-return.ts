import { useEffect } from 'react';
import { menuOwner } from './menu-owner.ts';

/** A question that led here may still be fading, with the focus in it. */
const FADED_MS = 300;

const STOPS = 'a[href], button, input, select, textarea, [tabindex]';

/**
 * A place of the keyboard, and what is before it, the nearest first: the place itself may be gone by then. In a dialog or a
 * drawer, only what is in that as well: when that is gone too, it gives the keyboard back itself.
 */
function placesFrom(place: Element | null): readonly (Element | null)[] {
  if (place === null || place === document.body) return [];
  const around = place.closest('[role="dialog"], .rt-drawer') ?? document;
  const before = [...around.querySelectorAll<HTMLElement>(STOPS)].filter(
    (stop) =>
      stop.tabIndex >= 0 &&
      !stop.matches(':disabled') &&
      stop.checkVisibility() &&
      place.compareDocumentPosition(stop) === Node.DOCUMENT_POSITION_PRECEDING,
  );
  return [place, ...before.reverse()];
}

/** Gives the keyboard to the first of the places that is there, when nothing else has taken it by then. */
export function giveFocus(...places: readonly (Element | null)[]): void {
  const give = (): void => {
    const to = places.find((place) => place?.isConnected === true);
    if (document.activeElement === document.body && to instanceof HTMLElement)
      to.focus({ preventScroll: true });
  };
  setTimeout(give);
  setTimeout(give, FADED_MS);
}

/** Remembers where the keyboard is; the function gives it back there, when nothing else has taken it by then. */
export function rememberFocus(): () => void {
  const places = placesFrom(menuOwner() ?? document.activeElement);
  return () => giveFocus(...places);
}

/**
 * As a ref, on what goes when a button in it has done its work: a message, a filter, a row. Whoever pressed that by key goes
 * on at what is before it.
 */
export const leavesKeys = (part: HTMLElement | null) => (): void => {
  if (part?.contains(document.activeElement)) rememberFocus()();
};

/** Gives the keyboard back to where it was before a panel opened. */
export function useFocusReturn(): void {
  useEffect(() => rememberFocus(), []);
}
