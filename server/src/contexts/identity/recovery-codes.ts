import { randomInt } from 'node:crypto';

const HOW_MANY = 10;
/** Crockford's base32: no I, L, O, U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten codes of 50 random bits, such as `7KQ2M-9FTX4`. */
export function newRecoveryCodes(): readonly string[] {
  const five = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: HOW_MANY }, () => `${five()}-${five()}`);
}

/** As typed by a person: any case, with or without dash, O for 0, I or L for 1. Undefined when it is none. */
export function readRecoveryCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return code.length === 10 && [...code].every((c) => LETTERS.includes(c)) ? code : undefined;
}
