const mac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** A shortcut as this person's keyboard names it: `⌘K` on a Mac, `Ctrl K` elsewhere. */
export const commandKey = (key: string): string => (mac ? `⌘${key}` : `Ctrl ${key}`);

/** The single key caps of a shortcut, `['⇧', '⌘', 'Z']` as this keyboard shows them. */
export const keyCap = (key: string): string =>
  mac ? key : key === '⌘' ? 'Ctrl' : key === '⇧' ? 'Shift' : key;

/** Whether that key is held. On a Mac, Ctrl and a letter edit text: Ctrl K deletes to the end of the line. */
export const commandHeld = (event: KeyboardEvent): boolean => (mac ? event.metaKey : event.ctrlKey);

const OTHER_SCRIPT = /^(?!\p{Script=Latin})[\p{L}\p{M}]/u;

/**
 * The letter of a shortcut, in lower case. A keyboard of another script has none: there it is the one that stands on the
 * same key, as for the browser's own shortcuts.
 */
export const letterOf = ({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string =>
  (OTHER_SCRIPT.test(key) ? code.replace(/^Key(?=[A-Z]$)/, '') : key).toLowerCase();
