import { wallTime } from '../engine/zone-time.ts';

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const NUMBERS = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/;
const two = (text: string): string => text.padStart(2, '0');

/**
 * The day that a person types: `2026-11-22`, `22.11.2026`, `22/11/2026`, `22 Nov 2026`, or `22 Nov` of this year. Day
 * before month. Null for a day that no calendar has, and for what is not a day yet.
 */
export function typedDate(text: string): string | null {
  const clean = text.trim();
  const numbers = NUMBERS.exec(clean);
  const iso = numbers ? `${numbers[3]}-${two(numbers[2]!)}-${two(numbers[1]!)}` : clean;
  if (ISO.test(iso)) return dayOf(new Date(`${iso}T12:00`)) === iso ? iso : null;
  if (!/[a-z]/i.test(clean) || !/(?:^|\D)\d{1,2}(?:\D|$)/.test(clean)) return null;
  // Without a year the platform takes 2001.
  const year = /\d{4}/.test(clean) ? '' : ` ${new Date().getFullYear()}`;
  return dayOf(new Date(`${clean}${year} 12:00`));
}

const dayOf = (at: Date): string | null => wallTime(at.getTime())?.slice(0, 10) ?? null;
