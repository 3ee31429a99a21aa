import { type CompiledArgument, isOddMoment, isOddNumber } from '@sallyport/contract';
import { isClockTime } from './clock-time.ts';
import { dayMeant } from './date-bounds.ts';
import { decimalText, wholeText } from './number-text.ts';
import { shownText } from './shown-text.ts';

export type Coerced = { readonly value: unknown } | { readonly problem: string };

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}(?:$|[T ]\d)/;
/** An empty text is a value of theirs: null in its place is refused by most APIs, is left as it was by some, and undoes a `jsonb_set`. */
const HOLD_EMPTY: ReadonlySet<CompiledArgument['type']> = new Set(['text', 'json']);

/**
 * A choice is a name alone, since its hole is text of the statement: the name of an input means what the input holds.
 */
const heldBy = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'value' in value ? value.value : value;

/** A whole number past 2^53 may be the neighbour of what was meant: an expression read JSON. Of an answer it is text. */
const holdsRounded = (value: unknown): boolean =>
  typeof value === 'number'
    ? Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21
    : typeof value === 'object' && value !== null && Object.values(value).some(holdsRounded);

function one(argument: CompiledArgument, value: unknown): Coerced {
  const wrong = (what: string): Coerced => ({ problem: `${argument.name} must be ${what}.` });
  if (argument.choices !== undefined) {
    const chosen = shownText(heldBy(value));
    return argument.choices.includes(chosen)
      ? { value: chosen }
      : wrong(`one of ${argument.choices.join(', ')}`);
  }
  switch (argument.type) {
    case 'text':
      return { value: shownText(value) };
    case 'integer': {
      // MySQL's truth value is a number of one digit.
      if (typeof value === 'boolean') return { value: value ? 1 : 0 };
      if (typeof value === 'number') return Number.isSafeInteger(value) ? { value } : wrong('a whole number');
      const text = shownText(value).trim();
      return WHOLE.test(text) ? { value: wholeText(text) } : wrong('a whole number');
    }
    case 'decimal': {
      // A double has a zero with a sign, which no text of it shows.
      if (typeof value === 'number') return { value: Object.is(value, -0) ? '-0' : String(value) };
      if (isOddNumber(value)) return { value };
      const text = shownText(value).trim();
      return DECIMAL.test(text) ? { value: decimalText(text) } : wrong('a number');
    }
    case 'boolean':
      if (typeof value === 'boolean') return { value };
      // MySQL's, and what its answers hold for one.
      if (value === 1 || value === 0) return { value: value === 1 };
      return value === 'true' || value === 'false' ? { value: value === 'true' } : wrong('true or false');
    case 'date':
      if (isOddMoment(value)) return { value };
      return typeof value === 'string' && DATE.test(value)
        ? { value: dayMeant(value) }
        : wrong('a date, YYYY-MM-DD');
    case 'timestamp': {
      if (isClockTime(value) || isOddMoment(value)) return { value };
      const at = typeof value === 'string' || typeof value === 'number' ? new Date(value) : null;
      if (at === null || Number.isNaN(at.getTime())) return wrong('a time');
      return {
        value: typeof value === 'string' && /(?:Z|[+-]\d{2}:?\d{2})$/.test(value) ? value : at.toISOString(),
      };
    }
    case 'uuid':
      return { value: shownText(value).trim() };
    case 'json':
      return holdsRounded(value)
        ? wrong('JSON with whole numbers below 2^53. Write larger numbers as text')
        : { value };
  }
}

/**
 * A value as its argument's declared type, so that what an input holds (`"12"`) fits what a query takes. A convenience:
 * the server checks every value again, with its limits.
 */
export function coerceArgument(argument: CompiledArgument, value: unknown): Coerced {
  const empty = value === null || value === undefined || (value === '' && !HOLD_EMPTY.has(argument.type));
  if (argument.list) {
    if (value === null && argument.nullable) return { value };
    const items = empty ? [] : Array.isArray(value) ? value : [value];
    const out: unknown[] = [];
    for (const item of items) {
      if (item === null || item === undefined) {
        if (!argument.nullable) return { problem: `${argument.name} cannot contain empty values.` };
        out.push(null);
        continue;
      }
      const coerced = one(argument, item);
      if ('problem' in coerced) return coerced;
      out.push(coerced.value);
    }
    return { value: out };
  }
  if (empty) return argument.nullable ? { value: null } : { problem: `${argument.name} has no value yet.` };
  return one(argument, value);
}
