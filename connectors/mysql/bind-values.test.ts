import mysql from 'mysql2';
import { expect, it } from 'vitest';
import { bindValues } from './bind-values.ts';

const { LONGLONG, NEWDECIMAL } = mysql.TypedParameter;

it.each([
  ['5', LONGLONG(5n)],
  ['-9223372036854775808', LONGLONG(-(2n ** 63n))],
  ['18446744073709551615', LONGLONG.unsigned(2n ** 64n - 1n)],
  ['18446744073709551616', NEWDECIMAL('18446744073709551616')],
  ['-0012.50', NEWDECIMAL('-12.50')],
  ['1.5e3', NEWDECIMAL('1500')],
  ['-25e-4', NEWDECIMAL('-0.0025')],
  ['0.000', NEWDECIMAL('0.000')],
  ['9'.repeat(65), NEWDECIMAL('9'.repeat(65))],
  // What no decimal holds is left to a double.
  ['9'.repeat(66), '9'.repeat(66)],
  ['1e300', '1e300'],
  ['1e-31', '1e-31'],
])('Q4 %s is bound with every digit', (digits, bound) => {
  expect(bindValues([{ digits }], mysql.TypedParameter)).toEqual([bound]);
});

it('binds a text as a text, a number and a truth value as integers, and no list', () => {
  expect(bindValues(['1', 1, true, null, 0.5], mysql.TypedParameter)).toEqual([
    '1',
    LONGLONG(1n),
    LONGLONG(1n),
    null,
    0.5,
  ]);
  expect(() => bindValues([['a']], mysql.TypedParameter)).toThrow(TypeError);
});
