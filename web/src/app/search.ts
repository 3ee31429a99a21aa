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

/** Without what is not set, so that an address carries only what was chosen. */
export const set = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
