/** Groups of three with a sign for decimals behind them, or several: no other number is written so. */
const GROUPED = /^[+-]?\d{1,3}(?:(?:,\d{3})+\.\d*|(?:,\d{3}){2,})$/;
const GROUPED_BY_POINTS = /^[+-]?\d{1,3}(?:(?:\.\d{3})+,\d*|(?:\.\d{3}){2,})$/;
const ONE_GROUP = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/** What to write instead of a text that is one number to some people and a thousandth of it to others, or null. */
export const twoNumbers = (text: string): string | null =>
  ONE_GROUP.test(text) ? `Write ${text.replace(',', '')}, or ${text.replace(',', '.')}.` : null;

/**
 * A number as it was typed, or copied from a table or a sheet, in the writing of a decimal: spaces and apostrophes group,
 * and so do commas and points where they can mean nothing else; a comma is a point otherwise. What may be two numbers
 * (`twoNumbers`) is left for the person to say; of a whole number, it is not.
 */
export function typedNumber(text: string, whole: boolean): string {
  const bare = text.replaceAll(/[\s'’]/g, '').replace('−', '-');
  if (GROUPED.test(bare) || (whole && ONE_GROUP.test(bare))) return bare.replaceAll(',', '');
  if (GROUPED_BY_POINTS.test(bare)) return bare.replaceAll('.', '').replace(',', '.');
  return ONE_GROUP.test(bare) ? bare : bare.replace(',', '.');
}
