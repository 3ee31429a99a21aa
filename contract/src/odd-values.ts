/** Days and times that PostgreSQL answers and no calendar writes: infinite, before our era, far off (the last is in 5874897). */
const POSTGRES_FAR =
  /^(?:-?infinity|(?=\d{5}|.* BC$)\d{4,7}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:\+00:00)?)?(?: BC)?)$/;
const MYSQL_MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)?(?:\+00:00)?$/;

/** Dates of MySQL with a part that is zero, or on a day that their month does not have (`ALLOW_INVALID_DATES`). */
function isMysqlOdd(text: string): boolean {
  const [, year, month, day] = (MYSQL_MOMENT.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || month > 12 || day > 31) return false;
  const zero = year === 0 || month === 0 || day === 0;
  return zero || day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

const NOT_FINITE: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity']);

/** Whether a number of PostgreSQL is none that has digits. */
export const isOddNumber = (value: unknown): value is string => NOT_FINITE.has(value);

/** Whether an engine, or any, answers a day or a time that no calendar has. It goes back as it came. */
export const isOddMoment = (value: unknown, language?: 'postgresql' | 'mysql' | 'rest'): boolean =>
  typeof value === 'string' &&
  ((language !== 'mysql' && language !== 'rest' && POSTGRES_FAR.test(value)) ||
    (language !== 'postgresql' && language !== 'rest' && isMysqlOdd(value)));
