import { isDecimal, plainDecimal } from '../engine/compare-decimals.ts';
import { shownText } from '../engine/shown-text.ts';

/** A number with an exponent that would be longer than this stays as it is written. */
const LONGEST_PLAIN = 22;

/** What the platform formats; a column of MySQL has 30 at most. */
const MOST_DECIMALS = 100;

/** More decimals than this are no column's scale. */
const WORKED_OUT = 12;

/** A line of noughts or nines behind fifteen digits is the working of a double: 0.1 + 0.2 reads 0.3. */
function doubleText(value: number): string {
  const written = String(value);
  const shorter = String(Number(value.toPrecision(15)));
  return shorter.length < written.length - 4 ? shorter : written;
}

const made = new Map<string, Intl.NumberFormat>();
function formatter(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  let format = made.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(undefined, options);
    made.set(key, format);
  }
  return format;
}

function currencyFormat(currency: string): Intl.NumberFormat | null {
  try {
    return formatter(`currency:${currency}`, { style: 'currency', currency });
  } catch {
    return null;
  }
}

/**
 * A number by the person's locale. A decimal or a long integer as text keeps all its digits; percent takes a share
 * (0.25 is 25 %). What is no number is shown as it is.
 */
export function formatNumber(
  value: unknown,
  kind: 'number' | 'currency' | 'percent',
  currency = 'EUR',
): string {
  const text = typeof value === 'number' ? doubleText(value) : shownText(value).trim();
  if (!isDecimal(text)) return typeof value === 'number' ? formatter('plain', {}).format(value) : text;
  // The platform formats decimal text exactly; a number would round it.
  const exact = text as `${number}`;
  if (kind === 'currency') return currencyFormat(currency)?.format(exact) ?? `${text} ${currency}`;
  if (kind === 'percent')
    return formatter('percent', { style: 'percent', maximumFractionDigits: 2 }).format(exact);
  const plain = plainDecimal(text);
  // Rounded to the digits that the platform can format it would be nought, or a line of noughts.
  if (plain !== text && plain.length > LONGEST_PLAIN) return text;
  const fraction = plain.split('.')[1] ?? '';
  // PostgreSQL divides to sixteen places and more: noughts behind so many are its working, not the value's precision.
  const shown = fraction.length > WORKED_OUT ? fraction.replace(/(?<!0)0+$/, '') : fraction;
  const decimals = Math.min(shown.length, MOST_DECIMALS);
  return formatter(`number:${decimals}`, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(exact);
}
