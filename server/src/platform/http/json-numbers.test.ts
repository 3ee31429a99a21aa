import { exactNumber, mayRound, parseExact, rawNumber } from '@sallyport/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cpuMs } from '../../../test/cpu-ms.ts';
import { assertExact } from './json-numbers.ts';

const refused = (text: string): boolean => {
  try {
    assertExact(text);
    return false;
  } catch (error) {
    expect((error as { code: string }).code).toBe('input_invalid');
    return true;
  }
};

it.each([
  ['[9007199254740993]', true],
  ['{"a":-12345678901234567890}', true],
  ['[0.12345678901234567890]', true],
  ['[1e400]', true],
  ['[1e-400]', true],
  ['[9007199254740992]', false],
  ['[1.10000000000000000000000]', false],
  ['[100000000000000000000000]', false],
  ['[0.000e999]', false],
  ['[1.7976931348623157e308, -5e-324]', false],
  ['["9007199254740993", "\\"9007199254740993", "1e400"]', false],
  ['{"9007199254740993":1}', false],
])('Q4 %s is refused: %s', (text, expected) => {
  expect(refused(text)).toBe(expected);
});

it.each(['[%]', '{"a":%}', '{"a": %}', '[1,%]', '[\n\t%\n]', '%', ' % '])(
  'looks for numbers wherever JSON may have one: %s',
  (place) => {
    for (const number of ['9007199254740993', '-9007199254740993', '1e400', '-1.5E+400', '12.25e-400'])
      expect(mayRound(place.replace('%', number))).toBe(true);
  },
);

it('reads a body with a hash in it as every other', () => {
  expect(mayRound('{"release":"0a5e1234d8812345678901234567890fb","query":"one"}')).toBe(false);
});

it('Q4 refuses no number that a double holds, however it is written out', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
      expect(refused(JSON.stringify([n]))).toBe(false);
      expect(refused(`[${n.toExponential()}]`)).toBe(false);
    }),
  );
});

it('takes a moment for a body of the largest size, whatever it is made of', () => {
  const size = 1_000_000;
  for (const body of [
    `[1${'0'.repeat(size)}1]`,
    `[${'0'.repeat(size)}1${'0'.repeat(size)}]`,
    `["${'\\"'.repeat(size)}`,
    `[1e400${'-'.repeat(size)}`,
    `["1234567890123456",${'0,'.repeat(size)}0]`,
  ]) {
    expect(cpuMs(() => refused(body))).toBeLessThan(1_000);
  }
});

it('Q4 refuses every whole number that a double does not hold', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 53n + 10n ** 19n }), (n) => {
      expect(refused(`[${n}]`)).toBe(BigInt(String(Number(n))) !== n);
    }),
  );
});

it('Q4 a number is kept as it is written only where a double does not hold it: a position may be 1e20', () => {
  const read = parseExact('[100000000000000000000, 9007199254740993, "9007199254740993"]', exactNumber);
  expect(read).toEqual([1e20, rawNumber('9007199254740993'), '9007199254740993']);
});
