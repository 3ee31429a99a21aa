/** Days and times that PostgreSQL answers and no calendar writes: infinite, before our era, far off. */
const POSTGRES_FAR =
  /^(?:-?infinity|(?=\d{5}|.* BC$)\d{4,6}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:\+00:00)?)?(?: BC)?)$/;
/** Dates of MySQL with a part that is zero. */
const MYSQL_ZERO =
  /^(0000-\d{2}-\d{2}|\d{4}-00-\d{2}|\d{4}-\d{2}-00)(T\d{2}:\d{2}:\d{2}(\.\d{1,6})?)?(\+00:00)?$/;
const NOT_FINITE: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity']);

/** Whether a number of PostgreSQL is none that has digits. */
export const isOddNumber = (value: unknown): value is string => NOT_FINITE.has(value);

/** Whether an engine, or any, answers a day or a time that no calendar has. It goes back as it came. */
export const isOddMoment = (value: unknown, language?: 'postgresql' | 'mysql' | 'rest'): boolean =>
  typeof value === 'string' &&
  ((language !== 'mysql' && language !== 'rest' && POSTGRES_FAR.test(value)) ||
    (language !== 'postgresql' && language !== 'rest' && MYSQL_ZERO.test(value)));
