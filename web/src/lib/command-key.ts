const mac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** A shortcut as this person's keyboard names it: `⌘K` on a Mac, `Ctrl K` elsewhere. */
export const commandKey = (key: string): string => (mac ? `⌘${key}` : `Ctrl ${key}`);

/** The single key caps of a shortcut, `['⇧', '⌘', 'Z']` as this keyboard shows them. */
export const keyCap = (key: string): string =>
  mac ? key : key === '⌘' ? 'Ctrl' : key === '⇧' ? 'Shift' : key;
