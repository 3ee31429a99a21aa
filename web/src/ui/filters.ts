/** Sets one of the filters that are in the address, or drops it. */
export const settingOf =
  <F extends object>(filters: F, change: (next: F) => void) =>
  <K extends keyof F>(name: K) =>
  (value: F[K] | ''): void => {
    const { [name]: _before, ...rest } = filters;
    change((value ? { ...rest, [name]: value } : rest) as F);
  };

/** The filters that are set, each with its word and a way to drop it. */
export const filtersSet = <F extends object>(
  filters: F,
  change: (next: F) => void,
  wordOf: (name: keyof F, value: string) => string,
) =>
  (Object.keys(filters) as (keyof F)[])
    .filter((name) => filters[name] !== undefined)
    .map((name) => ({
      label: wordOf(name, String(filters[name])),
      remove: () => settingOf(filters, change)(name)(''),
    }));
