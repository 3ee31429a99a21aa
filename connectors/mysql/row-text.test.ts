import { expect, it } from 'vitest';
import { rowWriter } from './row-text.ts';

it.each([
  [1, '01', '1'],
  [1, '00', '0'],
  // The digits `1` and `12`, as MySQL sends what a function makes of bits.
  [1, '31', '1'],
  [4, '3132', '12'],
  [8, '31', '49'],
  [9, '0131', '305'],
  [64, '3131313131313131', '3544668469065756977'],
])('Q16 bit(%i), sent as %s, is %s', (columnLength, hex, number) => {
  const field = { name: 'b', columnType: 16, columnLength, characterSet: 63, flags: 32, decimals: 0 };
  expect(rowWriter([field])([Buffer.from(hex, 'hex')])).toBe(`{"b":"${number}"}`);
});
