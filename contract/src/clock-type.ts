/**
 * Whether a column of this type, as its engine names it, holds what a clock said without a zone: `datetime(6)` of MySQL
 * and MariaDB, `timestamp(3) without time zone` of PostgreSQL. `timestamp` is an instant in the one and has no zone in
 * the other, but PostgreSQL's is always written out.
 */
export const isClockType = (engineType: string): boolean =>
  /^datetime\b|^timestamp(?:\(\d\))? without time zone$/i.test(engineType);
