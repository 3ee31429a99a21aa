interface Decimal {
  readonly sign: 1 | -1;
  readonly whole: string;
  readonly fraction: string;
}

/** An exponent of a floating-point column has three digits at most; a longer one is no number that anybody means. */
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

function decimalOf(text: string): Decimal | null {
  const match = DECIMAL.exec(text.trim());
  if (!match || (!match[2] && !match[3])) return null;
  const shift = Number(match[4] ?? 0);
  let whole = match[2] ?? '';
  let fraction = match[3] ?? '';
  if (shift > 0) {
    const moved = fraction.padEnd(shift, '0');
    whole += moved.slice(0, shift);
    fraction = moved.slice(shift);
  } else if (shift < 0) {
    const moved = whole.padStart(-shift, '0');
    fraction = moved.slice(moved.length + shift) + fraction;
    whole = moved.slice(0, moved.length + shift);
  }
  whole = whole.replace(/^0+/, '');
  fraction = fraction.replace(/(?<!0)0+$/, '');
  return { sign: match[1] === '-' && (whole || fraction) ? -1 : 1, whole, fraction };
}

/** Whether the text is a decimal number, however many digits; floating-point columns write theirs as `1.5e+300`. */
export const isDecimal = (text: string): boolean => decimalOf(text) !== null;

/** The same number without an exponent; what is no number stays as it is. */
export function plainDecimal(text: string): string {
  const decimal = /e/i.test(text) ? decimalOf(text) : null;
  return decimal === null ? text : written(decimal);
}

const written = ({ sign, whole, fraction }: Decimal): string =>
  `${sign < 0 ? '-' : ''}${whole || '0'}${fraction ? `.${fraction}` : ''}`;

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
  return written(decimal);
}
