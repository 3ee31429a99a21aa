import { isList } from '../../is-list.ts';
import type { BindScalar, BindValue } from '../../port.ts';

/** Whether a type is of single precision: MySQL reads `float` so, also with digits or without a sign. */
export const isSingle = (engineType: string): boolean => /^float\b/i.test(engineType);

/** The shortest text that is this value of single precision; as a double, 0.3 would read 0.30000001192092896. */
export function singleText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/**
 * A value to compare with a column of single precision. MySQL compares both as doubles, where the column's 0.3 is not the
 * 0.3 that was answered of it: what is the text of a value of such a column becomes that value.
 */
export const asSingle = (value: BindValue): BindValue => (isList(value) ? value.map(scalar) : scalar(value));

function scalar(value: BindScalar): BindScalar {
  if (value === null || typeof value === 'boolean') return value;
  const given = Number(typeof value === 'object' ? value.digits : value);
  const single = Math.fround(given);
  return Number.isFinite(single) && Number(singleText(single)) === given ? single : value;
}
