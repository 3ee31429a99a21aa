import { expect, test } from 'vitest';
import { slowPatterns } from './patterns.ts';

test.each([
  ['const a = /^[^?]*\\.[^/?]*$/;', 'quadratic'],
  ['f(text.replace(/0+$/, ""))', 'quadratic'],
  ['export const b: RegExp = /^(?:a+|b)*$/;', 'exponential'],
])('a pattern that a hostile text can slow down is found: %s', (source, time) => {
  expect(slowPatterns(source, false)).toEqual([expect.stringContaining(`takes ${time} time`)]);
});

test('patterns in proportion to their text pass, in components too', () => {
  expect(slowPatterns('const a = <p title={/(?<!0)0+$/.source}>{/^\\d+$/u.source}</p>;', true)).toEqual([]);
});
