import { isOddMoment } from '@sallyport/contract';
import { shownText } from './shown-text.ts';
import { wallTime } from './zone-time.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a value is, or begins with, a day that the calendar has: a calendar would show 30 February as 2 March. */
export function isDay(value: unknown): boolean {
  if (isOddMoment(value)) return false;
  const text = typeof value === 'string' ? value.slice(0, 10) : '';
  const at = Date.parse(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** An instant that begins a day somewhere, as JavaScript and many an API write one. */
const MIDNIGHT = /T00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;
const INSTANT = /T[^T]*(?:Z|[+-]\d{2}:?\d{2})$/;

/** The day of a date; of an instant this person's, as a table has it, but for one that stands for a day itself. */
export const dayMeant = (value: string): string =>
  ((INSTANT.test(value) && !MIDNIGHT.test(value) ? wallTime(value) : null) ?? value).slice(0, 10);

/**
 * Whether a calendar draws a value as what it is: the years before 100 it takes for some of the twentieth century, and a
 * day that this person's zone left out, as Samoa did 30 December 2011, for the next.
 */
export const isDrawn = (value: unknown, withTime: boolean): boolean =>
  !isOddMoment(value) &&
  !/^00\d\d-/.test(shownText(value)) &&
  (withTime ? wallTime(value) !== null : isDay(value) && isHere(dayMeant(String(value))));

const isHere = (day: string): boolean => wallTime(`${day}T12:00`)?.startsWith(day) === true;

/** The day of a date or, for this person, of a time; null for what is neither. */
export function dayOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return DAY.test(value) ? value : (wallTime(value)?.slice(0, 10) ?? null);
}

/** Less than none when the value comes before the bound. A bound that is a day is the whole of it. */
function against(value: string, bound: string, withTime: boolean): number {
  const whole = !withTime || DAY.test(bound);
  const [a, b] = whole ? [dayOf(value), dayOf(bound)] : [Date.parse(value), Date.parse(bound)];
  return a === null || b === null ? Number.NaN : a < b ? -1 : a > b ? 1 : 0;
}

const said = (bound: string): string => (DAY.test(bound) ? bound : (wallTime(bound) ?? bound));

/** What is wrong with a date or a time between its bounds, as a sentence; a bound that is no date binds nothing. */
export function boundsProblem(
  value: string,
  min: string | null,
  max: string | null,
  withTime: boolean,
): string | null {
  if (min !== null && against(value, min, withTime) < 0) return `Must be ${said(min)} or later.`;
  if (max !== null && against(value, max, withTime) > 0) return `Must be ${said(max)} or earlier.`;
  return null;
}
