import { expect, test } from 'vitest';
import { numberPad } from './number-pad.ts';

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 Version/18.4 Safari/604.1';
const android = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36';

test('an iPhone offers a minus where a number may be below zero', () => {
  for (const min of [null, undefined, '', -5, '-0.5', 'x']) expect(numberPad(true, min, iphone)).toBe('text');
  expect([numberPad(true, 0, iphone), numberPad(false, '1.5', iphone)]).toEqual(['numeric', 'decimal']);
  expect([numberPad(true, null, android), numberPad(false, -5, android)]).toEqual(['numeric', 'decimal']);
});
