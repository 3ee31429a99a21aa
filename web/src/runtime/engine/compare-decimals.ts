interface Decimal {
  readonly sign: 1 | -1;
  readonly whole: string;
  readonly fraction: string;
}

function decimalOf(text: string): Decimal | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  if (!match || (!match[2] && !match[3])) return null;
  const whole = (match[2] ?? '').replace(/^0+/, '');
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  return { sign: match[1] === '-' && (whole || fraction) ? -1 : 1, whole, fraction };
}

/** Whether the text is a plain decimal number, however many digits. */
export const isDecimal = (text: string): boolean => decimalOf(text) !== null;

/** Compares two decimal numbers written as text, of any length: negative, zero or positive; NaN when one is no number. */
export function compareDecimals(a: string, b: string): number {
  const left = decimalOf(a);
  const right = decimalOf(b);
  if (left === null || right === null) return Number.NaN;
  if (left.sign !== right.sign) return left.sign - right.sign;
  const order = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
  const size =
    left.whole.length - right.whole.length ||
    order(left.whole, right.whole) ||
    order(left.fraction, right.fraction);
  return size === 0 ? 0 : size * left.sign;
}

/** The number when a JavaScript number holds it exactly, its text otherwise. */
export function numberOrText(text: string): number | string | null {
  const decimal = decimalOf(text);
  if (decimal === null) return null;
  const digits = decimal.whole.length + decimal.fraction.length;
  const value = Number(text);
  if (digits <= 15 || (decimal.fraction === '' && Number.isSafeInteger(value)))
    return Object.is(value, -0) ? 0 : value;
  return `${decimal.sign < 0 ? '-' : ''}${decimal.whole || '0'}${decimal.fraction ? `.${decimal.fraction}` : ''}`;
}
