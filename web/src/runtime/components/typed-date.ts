import { isDay } from '../engine/date-bounds.ts';

const ISO = /^\d{4}-\d{2}-\d{2}$/;
const NUMBERS = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/;
const DAY = /(?:^|\D)(\d{1,2})(?:\D|$)/;
const two = (text: string): string => text.padStart(2, '0');

/** Whether a locale writes the month before everything else, as the United States do. */
const startsWithMonth = (locale: string | undefined): boolean =>
  new Intl.DateTimeFormat(locale).formatToParts().find(({ type }) => type !== 'literal')?.type === 'month';

/**
 * The day that a person types: `2026-11-22`, `22.11.2026`, `22/11/2026`, `22 Nov 2026`, or `22 Nov` of this year. Day
 * before month. Null for a day that no calendar has, for what is not a day yet, and for `3/4/2026` where that is the 4th of
 * March: the locale, the browser's own when none is named, does not tell who learnt to write the day first.
 */
export function typedDate(text: string, locale?: string): string | null {
  const clean = text.trim();
  const numbers = NUMBERS.exec(clean);
  const [first, second] = [Number(numbers?.[1]), Number(numbers?.[2])];
  const isTwoDays = clean.includes('/') && first <= 12 && second <= 12 && first !== second;
  if (isTwoDays && startsWithMonth(locale)) return null;
  const iso = numbers ? `${numbers[3]}-${two(numbers[2]!)}-${two(numbers[1]!)}` : clean;
  if (ISO.test(iso)) return isDay(iso) ? iso : null;
  const day = DAY.exec(clean)?.[1];
  if (!/[a-z]/i.test(clean) || day === undefined) return null;
  // Without a year the platform takes 2001.
  const year = /\d{4}/.exec(clean)?.[0];
  // A date has no zone; in the person's own, a day may be left out.
  const at = new Date(`${clean}${year === undefined ? ` ${new Date().getFullYear()}` : ''} 12:00 UTC`);
  // It takes 31 April for 1 May, and 0001 for 2001.
  const isAsTyped =
    at.getUTCDate() === Number(day) && (year === undefined || at.getUTCFullYear() === Number(year));
  return isAsTyped ? at.toISOString().slice(0, 10) : null;
}
