/** Takes the keyboard to a field when it appears; one function, so that React calls it once and not at every render. */
export const focusOnce = (field: HTMLElement | null): void => field?.focus();
