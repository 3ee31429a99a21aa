import { isList } from '../is-list.ts';
import type { BindScalar, BindValue } from '../port.ts';

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(?:(Z)|([+-])(\d{2}):?(\d{2})?)?$/i;

/** The last moment of MySQL, and of MariaDB. They read nothing later, and compare with it as with no value: no row is before. */
export const LAST_INSTANT = '9999-12-31T23:59:59.999999Z';

/** A type of PostgreSQL whose values are read without their offset, as if it were not there. */
export const dropsOffset = (engineType: string): boolean => /^timestamp(\(\d\))? without/.test(engineType);

/**
 * A timestamp as it is read where no offset is. MySQL takes none (MariaDB refuses it in an insert and matches nothing in a
 * comparison), and a `timestamp` of PostgreSQL drops it. Our sessions are in UTC: so an instant is written in UTC, and a
 * time without an offset stays the time that it is. A list is done item by item.
 */
export function utcText(value: BindValue): BindValue {
  if (isList(value)) return value.map((item) => utcText(item) as BindScalar);
  const match = typeof value === 'string' ? INSTANT.exec(value) : null;
  if (match === null) return value;
  const [, year, month, day, hours, minutes, seconds = '00', fraction = '', zulu, sign, oh, om = '00'] =
    match;
  if (zulu === undefined && sign === undefined)
    return `${year}-${month}-${day} ${hours}:${minutes}:${seconds}${fraction}`;
  const offset = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(oh) * 60 + Number(om));
  const utc = new Date(0);
  // Not `Date.UTC`, which takes the years 0 to 99 for 1900 to 1999.
  utc.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  utc.setUTCHours(Number(hours), Number(minutes) - offset, Number(seconds));
  // The years past 9999, which PostgreSQL knows, have a sign there.
  const [written = ''] = utc.toISOString().replace(/^\+0/, '').split('.');
  return `${written.replace('T', ' ')}${fraction}`;
}
