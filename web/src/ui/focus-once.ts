/**
 * As a ref: has the keys from the moment that the field is there; one function, so that React calls it once and not at
 * every render. A dialog gives its field the keys only after it has moved in, and what a quick hand types until then
 * would go to the page behind it.
 */
export const focusOnce = (field: HTMLElement | null): void => field?.focus();
