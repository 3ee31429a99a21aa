import { localWriting, type NumberWriting } from '../../lib/number-writing.ts';
import { numberOrText } from './compare-decimals.ts';

/** Zeros of the digits that locales write with: Arabic, Persian, Devanagari, Bengali, Tibetan, Burmese, Santali, Chakma. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xf20, 0x1040, 0x1c50, 0x11136];
const DIGITS = new RegExp(
  `[${ZEROS.map((zero) => String.fromCodePoint(zero, 0x2d, zero + 9)).join('')}]`,
  'gu',
);
const digitOf = (letter: string): string => {
  const code = letter.codePointAt(0) ?? 0;
  return String(code - (ZEROS.find((zero) => code >= zero && code <= zero + 9) ?? 0));
};

/** What a Japanese or Chinese keyboard writes at the width of its letters: digits, and the signs among them. */
const WIDE = /[\uff01-\uff5e]/g;
const narrowOf = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 0xfee0);

/** Groups of three, in India of two before the last: with a sign for decimals behind them, or several. */
const COMMAS = /^[+-]?[1-9]\d{0,2}(?:(?:,\d{2,3})*,\d{3}\.\d*|(?:,\d{2,3})+,\d{3})$/;
const POINTS = /^[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d*|(?:\.\d{3}){2,})$/;
/** One sign before three digits: a group to some people, the decimals to others. */
const ONE_GROUP = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/** Digits, and the signs of a wide keyboard, as ASCII. */
export const asciiNumbers = (text: string): string =>
  text.replaceAll(DIGITS, digitOf).replaceAll(WIDE, narrowOf);

/** The same, without what only groups, names a currency or turns the direction. */
function bareOf(text: string): string {
  return asciiNumbers(text)
    .replaceAll(/[\s'’٬\u061c\u200e\u200f]|\p{Sc}/gu, '')
    .replace('−', '-');
}

/** Whether a lone sign before three digits groups them, and the locale alone says so; null when not even that does. */
function groups(bare: string, whole: boolean, { decimal, group }: NumberWriting): boolean | null {
  const sign = bare.includes(',') ? ',' : '.';
  if (sign === decimal) return false;
  return sign === group || whole ? true : null;
}

/**
 * A number as it was typed, or copied from a table or a sheet, in the writing of a decimal: spaces and apostrophes group, and
 * so do commas and points where they can mean nothing else. A lone one before three digits means what it does in the
 * tables of this locale; where they have neither, it stays a comma for the person to say (`twoNumbers`).
 */
export function typedNumber(text: string, whole: boolean, writing: NumberWriting = localWriting): string {
  const bare = bareOf(text);
  // The Arabic sign is of decimals and nothing else.
  if (bare.includes('٫')) return /[.,]/.test(bare) ? bare : bare.replace('٫', '.');
  if (ONE_GROUP.test(bare)) {
    const inGroups = groups(bare, whole, writing);
    return inGroups === null ? bare.replace('.', ',') : bare.replace(/[.,]/, inGroups ? '' : '.');
  }
  if (COMMAS.test(bare)) return bare.replaceAll(',', '');
  if (POINTS.test(bare)) return bare.replaceAll('.', '').replace(',', '.');
  return bare.includes('.') ? bare : bare.replace(',', '.');
}

/** What to write instead of a number that `typedNumber` could not tell from a thousandth of it, or null. */
export const twoNumbers = (number: string, { decimal }: NumberWriting = localWriting): string | null =>
  ONE_GROUP.test(number) ? `Write ${number.replace(',', '')}, or ${number.replace(',', decimal)}.` : null;

/** The number that a text was read as, where another locale reads a thousandth of it; null when all read the same. */
export function readAs(text: string, whole: boolean, writing: NumberWriting = localWriting): string | null {
  const bare = bareOf(text);
  return ONE_GROUP.test(bare) && !whole && groups(bare, whole, writing) === true
    ? typedNumber(text, whole, writing)
    : null;
}

/** What a number field holds when this is typed: nothing, a number, or the text of what is none, which no form takes. */
export function valueTyped(
  text: string,
  whole: boolean,
  writing: NumberWriting = localWriting,
): number | string | null {
  const clean = typedNumber(text, whole, writing);
  return clean === '' ? null : (numberOrText(clean) ?? clean);
}
