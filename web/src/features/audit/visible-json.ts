/** What shows as nothing, or turns the letters around it. */
const HIDDEN = /[\p{Cf}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;

/** JSON text in which everything that was recorded can be seen: nobody writes a note that reads as another. */
export const visibleJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(HIDDEN, (hidden) =>
    Array.from(
      { length: hidden.length },
      (_, i) => `\\u${hidden.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
