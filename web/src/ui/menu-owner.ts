let owner: HTMLElement | null = null;

/**
 * Remembers which button opened the menu that the keyboard was in last, through the dialog that an item of it led to:
 * the item itself is gone when that dialog closes.
 */
export function followMenus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return;
    const menu = target.closest('[role="menu"]');
    if (menu !== null) owner = document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
    else if (target.closest('[role="dialog"]') === null) owner = null;
  });
}

/** The button whose menu led to the open dialog, if one did. */
export const menuOwner = (): HTMLElement | null => owner;

/** Gives the keyboard to that button, once a dialog is gone and has left it nowhere. */
export function focusMenuOwner(): void {
  setTimeout(() => {
    if (document.activeElement === document.body) owner?.focus({ preventScroll: true });
  });
}
