/** The code of a key that an input method takes. */
const TAKEN = 229;

/**
 * A key that an input method takes, to choose among its words or to leave one, is no key to the page: its Enter sends
 * nothing, and its Escape closes nothing. Held here, before anybody hears it, since Safari says of the Enter that ends a
 * word that nothing is composed any more, and only its code tells. The code editor follows what is composed by itself.
 */
export function leaveKeysToInputMethods(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (!event.isComposing && event.keyCode !== TAKEN) return;
      if (event.target instanceof Element && event.target.closest('.cm-editor') !== null) return;
      event.stopImmediatePropagation();
    },
    true,
  );
}
