const CLOCK = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/;

/**
 * Whether a value is a time as a column without a zone gives it: what a clock said, nobody knows where. It goes back to
 * the source as it came, with all its digits; read as this person's time it would be another one.
 */
export const isClockTime = (value: unknown): value is string =>
  typeof value === 'string' && CLOCK.test(value);
