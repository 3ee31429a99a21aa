/** Methods that numbers alone have, or texts: asked of the other kind, which a decimal or a key may be. */
const OF_NUMBERS = /(?:^|\.)to(?:Fixed|Precision)$/;
const OF_TEXTS =
  /(?:^|\.)(?:padStart|padEnd|split|replace|replaceAll|trim|toUpperCase|toLowerCase|startsWith|substring)$/;

/** The places for `?.` that the compiler put in are none of what was written. */
const asWritten = (code: string): string => code.replaceAll('?.[', '[').replaceAll('?.', '.');

function notAFunction(called: string): string {
  const name = asWritten(called);
  const hint = OF_NUMBERS.test(name)
    ? ' Decimals and large integers are text: write Number(…) around it.'
    : OF_TEXTS.test(name)
      ? ' Where it is a number, write String(…) around it.'
      : '';
  return `${name} is not a function.${hint}`;
}

/** The sentences of browsers, Chromium’s first, on what was not as an expression takes it. */
const SAID: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [
    /read only property|not extensible|Cannot delete property/,
    () =>
      'Values are read-only here. Make a copy first, with toSorted(), toReversed(), [...list] or { ...row }.',
  ],
  [/Maximum call stack/, () => 'The expression calls itself endlessly.'],
  [/^(.+?) is not a function/, (_, called = '') => notAFunction(called)],
  [
    /^(?:Cannot read properties of (?:undefined|null) \(reading '(.+)'\)|can't access property "(.+?)", .*)$/,
    (_, chromium, firefox) => {
      const name = chromium ?? firefox ?? '';
      const path = /^[A-Za-z_$][\w$]*$/.test(name) ? `?.${name}` : '?.[…]';
      return `“${name}” is read of something that is empty. Write ${path} where it may be.`;
    },
  ],
  [
    /is not iterable|Spread syntax requires/,
    () => 'A list is expected here, and there is none. Write (list ?? []) where it may be empty.',
  ],
  [
    /Cannot convert undefined or null to object|called on null or undefined/,
    () =>
      'An object or a list is expected here, and there is none. Write (row ?? {}) or (list ?? []) where it may be empty.',
  ],
  [
    /Invalid time value|date value is not finite/,
    () => 'This is not a date. Write new Date(…) around a text, and check that there is one.',
  ],
  [
    /"\[object (?:Object|Array)\]" is not valid JSON/,
    () => 'This is no text but its value already: leave out JSON.parse.',
  ],
];

/** What went wrong in an expression, in one line that a builder can act on. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  for (const [said, sentence] of SAID) {
    const found = said.exec(message);
    if (found !== null) return sentence(...found).slice(0, 500);
  }
  return message.slice(0, 500) || 'The expression failed.';
}
