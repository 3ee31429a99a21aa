import { ValueFault } from './value-fault.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-](\d{2}):?(\d{2})?)?$/;

/** A day that exists, years 1 to 9999. */
export function readDate(value: unknown): string {
  const match = typeof value === 'string' ? DATE.exec(value) : null;
  if (match === null) throw new ValueFault('Use the format 2026-07-31.');
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days)
    throw new ValueFault('This day does not exist.');
  return value as string;
}

/** An instant in ISO 8601; without an offset it is taken as the source takes it. */
export function readTimestamp(value: unknown): string {
  const match = typeof value === 'string' ? TIMESTAMP.exec(value) : null;
  if (match === null) {
    const day = typeof value === 'string' && DATE.test(value);
    if (day) return readDate(value);
    throw new ValueFault('Use the format 2026-07-31T18:30:00+02:00.');
  }
  readDate(match[1]);
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  const [offsetHours, offsetMinutes] = [Number(match[7] ?? 0), Number(match[8] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59 || offsetHours > 15 || offsetMinutes > 59) {
    throw new ValueFault('This time does not exist.');
  }
  return value as string;
}

/** For comparing with a limit: milliseconds, an absent offset read as UTC. NaN for what is no date and no time. */
export function instantOf(text: string): number {
  const match = TIMESTAMP.exec(text);
  if (match === null) return Date.parse(text);
  const [
    ,
    day,
    hours,
    minutes,
    seconds = '00',
    fraction = '',
    zone = 'Z',
    offsetHours,
    offsetMinutes = '00',
  ] = match;
  // Written out: of an offset without minutes, which the engines take, the platform's own reader makes nothing.
  const offset = offsetHours === undefined ? 'Z' : `${zone[0]}${offsetHours}:${offsetMinutes}`;
  return Date.parse(`${day}T${hours}:${minutes}:${seconds}${fraction}${offset}`);
}
