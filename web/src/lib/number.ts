const grouped = new Intl.NumberFormat();

/** A count or figure by the person's locale, with grouping. */
export const figure = (value: number): string => grouped.format(value);

/** `1 row`, `2 rows`. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${figure(value)} ${value === 1 ? one : many}`;
