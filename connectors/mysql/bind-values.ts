import type mysql from 'mysql2';
import { isList } from '../is-list.ts';
import type { BindScalar, BindValue } from '../port.ts';

/** The driver's own, which says of a value which type it goes out as. */
export type Typed = typeof mysql.TypedParameter;

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;
/** What both engines keep of a decimal: digits in all, and after the point. */
const MOST_DIGITS = 65;
const MOST_SCALE = 30;

/**
 * Binds as the binary protocol takes them, each number as one. As a text, which the driver would make of it, the engine
 * reckons with it as with a double: `balance + '0.01'` is rounded to 16 digits, and stored so.
 */
export function bindValues(binds: readonly BindValue[], typed: Typed): unknown[] {
  return binds.map((value) => {
    if (isList(value)) throw new TypeError('MySQL has no array bind: a list is expanded by the compiler');
    return bindOne(value, typed);
  });
}

function bindOne(value: BindScalar, typed: Typed): unknown {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'boolean') return typed.LONGLONG(value ? 1n : 0n);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? typed.LONGLONG(BigInt(value)) : value;
  return exact(value.digits, typed);
}

/** A number that no decimal holds stays a text: it can only be meant for a double. */
function exact(digits: string, typed: Typed): unknown {
  if (/^-?\d{1,20}$/.test(digits)) {
    const whole = BigInt(digits);
    if (BigInt.asIntN(64, whole) === whole) return typed.LONGLONG(whole);
    if (BigInt.asUintN(64, whole) === whole) return typed.LONGLONG.unsigned(whole);
  }
  const decimal = plainDecimal(digits);
  return decimal === null ? digits : typed.NEWDECIMAL(decimal);
}

/** Without an exponent, since the protocol's decimals have none. */
function plainDecimal(text: string): string | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  const scale = Math.max(fraction.length - Number(exponent), 0);
  if (whole === '' || scale > MOST_SCALE || Math.abs(Number(exponent)) > MOST_DIGITS) return null;
  const digits = `${whole}${fraction}`.padEnd(whole.length + Number(exponent), '0').padStart(scale + 1, '0');
  const before = digits.slice(0, digits.length - scale).replace(/^0+(?=\d)/, '');
  if (before.length + scale > MOST_DIGITS) return null;
  return `${sign}${before}${scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`}`;
}
