import { isHeldByDouble, isPastWhole, parseExact, rawNumber } from '@sallyport/contract';

/** Where a text stands for a number whose digits a JavaScript number would lose: by what holds it, the names there. */
const numbers = new WeakMap<object, Set<string>>();

/**
 * What a source answered. A number within JSON that would be rounded is its text, to read and to compare (R8);
 * `jsonText` writes what holds it as it came.
 */
export const parseAnswer = (json: string): unknown =>
  parseExact(json, (written, value, holder, key) => {
    if (isHeldByDouble(written) && !isPastWhole(written)) return value;
    const known = numbers.get(holder);
    if (known === undefined) numbers.set(holder, new Set([key]));
    else known.add(key);
    return written;
  });

function asItCame(this: object, key: string, value: unknown): unknown {
  return typeof value === 'string' && numbers.get(this)?.has(key) === true ? rawNumber(value) : value;
}

/** A value as JSON, with all digits of the numbers that came in an answer. */
export const jsonText = (value: unknown, indent?: number): string | undefined =>
  JSON.stringify(value, asItCame, indent);
