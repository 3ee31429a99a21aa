type Search = Record<string, unknown>;

/** A text of the address, or nothing. */
export const text = (search: Search, name: string): string | undefined => {
  const value = search[name];
  return typeof value === 'string' && value !== ''
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined;
};

/** One of a closed list, or nothing. */
export const choice = <T extends string>(search: Search, name: string, of: readonly T[]): T | undefined =>
  of.find((option) => option === search[name]);

/**
 * What the address says, as the page may read it. What is not set stays, as undefined: the router lays this over the raw
 * address, so that a word which is not of the list would come through if it were left out. An address is written without it.
 */
export const set = <T extends object>(values: T) => values as { [K in keyof T]?: Exclude<T[K], undefined> };
