import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

it('is JSON.parse for everything that a double holds', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

it('Q16 keeps integers of any size', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (n) => {
      expect(JSON.stringify(parseJson(`{"n":${n}}`))).toBe(`{"n":${n}}`);
    }),
  );
});

it.each([
  ['1e400', '1e400'],
  ['-1E+999', '-1E+999'],
  ['2.5e-400', '2.5e-400'],
  ['9007199254740993', '9007199254740993'],
  ['0.12345678901234567890', '0.12345678901234567890'],
  ['0e999', '0'],
  ['1e308', '1e+308'],
  ['-1e-300', '-1e-300'],
  ['1.2345678901234568e+20', '123456789012345680000'],
])('Q16 %s is written on as %s', (text, written) => {
  expect(JSON.stringify(parseJson(`[{"n": ${text}}]`))).toBe(`[{"n":${written}}]`);
});

it.each(['', '{', '[1,]', "{'a':1}", 'NaN', '[1] x', `${'['.repeat(101)}${']'.repeat(101)}`])(
  'refuses %j',
  (text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'source_answer_invalid' }));
  },
);

it('counts no brackets inside of strings', () => {
  const text = JSON.stringify({ a: '['.repeat(500), b: `"${'['.repeat(500)}`, c: '\\"[' });
  expect(parseJson(text)).toEqual(JSON.parse(text));
});

it('refuses an object of more than 100,000 names, wherever it stands, and counts each by itself', () => {
  const named = (count: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`c:${i}`, ':'])));
  expect(parseJson(`[${named(100_000)},${named(60_000)}]`)).toHaveLength(2);
  expect(() => parseJson(`{"a":[${named(100_001)}]}`)).toThrow(
    expect.objectContaining({ code: 'source_answer_invalid' }),
  );
});
