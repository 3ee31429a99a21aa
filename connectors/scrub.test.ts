import { expect, it } from 'vitest';
import { scrub } from './scrub.ts';

it('a word is not told in base64 either, whatever stands around it', () => {
  const word = 'canary-token-ÿ>?';
  for (const before of ['', 'B', 'Be', 'Bearer ']) {
    for (const alphabet of ['base64', 'base64url'] as const) {
      const said = Buffer.from(`${before}${word} and more`).toString(alphabet);
      const told = scrub(`{"authorization": "${said}"}`, [word]);
      expect(Buffer.from(told.split('"')[3] ?? '', 'base64').toString()).not.toContain('canary');
      expect(told).toContain('…');
    }
  }
  expect(scrub('Rows of base64: YWJj', ['abc'])).toBe('Rows of base64: YWJj');
});

it('a short word is not told, nor one that JSON writes in another way', () => {
  expect(scrub('no such user: abc', ['abc'])).toBe('no such user: …');
  expect(scrub('{"key":"a\\"b\\/c"}', ['a"b/c'])).toBe('{"key":"…"}');
  expect(scrub('{"key":"a\\"b/c"}', ['a"b/c'])).toBe('{"key":"…"}');
});
