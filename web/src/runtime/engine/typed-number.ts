import { numberOrText } from './compare-decimals.ts';

/** Groups of three with a sign for decimals behind them, or several: no other number is written so. */
const GROUPED = /^[+-]?\d{1,3}(?:(?:,\d{3})+\.\d*|(?:,\d{3}){2,})$/;
const GROUPED_BY_POINTS = /^[+-]?\d{1,3}(?:(?:\.\d{3})+,\d*|(?:\.\d{3}){2,})$/;
const ONE_GROUP = /^[+-]?[1-9]\d{0,2},\d{3}$/;
const ONE_GROUP_BY_POINT = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;

/** Whether this person's tables group digits by points, as in half of Europe: 1.234 is more than a thousand there. */
const BY_POINTS = new Intl.NumberFormat().format(1_234_567).includes('.');

/** What to write instead of a text that is one number to some people and a thousandth of it to others, or null. */
export const twoNumbers = (text: string, byPoints = BY_POINTS): string | null =>
  ONE_GROUP.test(text)
    ? `Write ${text.replace(',', '')}, or ${byPoints ? `${text}0` : text.replace(',', '.')}.`
    : null;

/**
 * A number as it was typed, or copied from a table or a sheet, in the writing of a decimal: spaces and apostrophes group,
 * and so do commas and points where they can mean nothing else; a comma is a point otherwise. What may be two numbers
 * (`twoNumbers`) is left for the person to say, with a comma; of a whole number, it is not.
 */
export function typedNumber(text: string, whole: boolean, byPoints = BY_POINTS): string {
  const bare = text.replaceAll(/[\s'’]/g, '').replace('−', '-');
  if (GROUPED.test(bare) || (whole && ONE_GROUP.test(bare))) return bare.replaceAll(',', '');
  if (GROUPED_BY_POINTS.test(bare)) return bare.replaceAll('.', '').replace(',', '.');
  if (byPoints && ONE_GROUP_BY_POINT.test(bare)) return bare.replace('.', whole ? '' : ',');
  return ONE_GROUP.test(bare) ? bare : bare.replace(',', '.');
}

/** What a number field holds when this is typed: nothing, a number, or the text of what is none, which no form takes. */
export function valueTyped(text: string, whole: boolean, byPoints = BY_POINTS): number | string | null {
  const clean = typedNumber(text, whole, byPoints);
  return clean === '' ? null : (numberOrText(clean) ?? clean);
}
