import { wallTime } from './zone-time.ts';

const CLOCK = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/;

/**
 * Whether a value is a time as a column without a zone gives it: what a clock said, nobody knows where. It goes back to
 * the source as it came, with all its digits; read as this person's time it would be another one.
 */
export const isClockTime = (value: unknown): value is string =>
  typeof value === 'string' && CLOCK.test(value);

/**
 * What was chosen in a picker that reckons in this person's zone, and so moves an hour that the clocks here left out: its
 * day, with the time that was `typed`, or else the one that was there `before`.
 */
export function clockOf(wall: string, typed: string, before: unknown): string {
  const time = typed === '' ? timeOf(before) : `${typed}:00`;
  return `${wall.slice(0, 10)}T${time === '' ? wall.slice(11) : time}`;
}

/** The time of day of a value as it is shown, with all its digits; none of what is no time. */
export const timeOf = (value: unknown): string =>
  (isClockTime(value) ? value : (wallTime(value) ?? '')).slice(11);

const month = new Intl.DateTimeFormat('en-US', { month: 'short', timeZone: 'UTC' });

/**
 * Its day and minute as they stand in it: also those that this person's clocks left out when they were put forward. All of
 * it where no calendar has that day.
 */
export function clockText(value: string): string {
  const at = new Date(`${value}Z`);
  if (Number.isNaN(at.getTime())) return value;
  return `${at.getUTCDate()} ${month.format(at)} ${at.getUTCFullYear()}, ${value.slice(11, 16)}`;
}
