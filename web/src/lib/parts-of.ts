/** What stands between commas, or what else parts it, without spaces around it and without what is empty. */
export const partsOf = (text: string, by: string | RegExp = ','): string[] =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter(Boolean);
