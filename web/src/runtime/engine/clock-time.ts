const CLOCK = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/;

/**
 * Whether a value is a time as a column without a zone gives it: what a clock said, nobody knows where. It goes back to
 * the source as it came, with all its digits; read as this person's time it would be another one.
 */
export const isClockTime = (value: unknown): value is string =>
  typeof value === 'string' && CLOCK.test(value);

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
