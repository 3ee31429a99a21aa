/** The beginning of a text that is too long to show, without half of a letter: an emoji is two units of it. */
export const beginningOf = (text: string, longest: number): string =>
  text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
