import { isDecimal, plainDecimal } from '../engine/compare-decimals.ts';

/** A decimal number as text, one more or one less; its fraction and its length are kept. */
export function stepDecimal(typed: string, by: 1 | -1): string {
  if (!isDecimal(typed)) return typed;
  const text = plainDecimal(typed);
  const fraction = text.split('.')[1] ?? '';
  const scale = 10n ** BigInt(fraction.length);
  const negative = text.trim().startsWith('-');
  const digits = BigInt(text.replaceAll(/[^\d]/g, '') || '0');
  const next = (negative ? -digits : digits) + BigInt(by) * scale;
  const size = String(next < 0n ? -next : next).padStart(fraction.length + 1, '0');
  const whole = size.slice(0, size.length - fraction.length);
  return `${next < 0n ? '-' : ''}${whole}${fraction ? `.${size.slice(size.length - fraction.length)}` : ''}`;
}
