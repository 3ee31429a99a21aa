import { expect, test } from 'vitest';
import { syntaxPlace } from './syntax-place.ts';

const near = (quoted: string, line: number) => `You have an error … near '${quoted}' at line ${line}`;

test.each([
  ['select 1\nfrom form x\nwhere 1', 'form x...', 2, 14],
  ['select a\nfrom a b', 'a b', 2, 14],
  ["select 'a' 'b' c c", "'a' 'b...", 1, 7],
])('the place of %j that the server quotes as %j on line %d', (statement, quoted, line, at) => {
  expect(syntaxPlace(statement, near(quoted, line))).toBe(at);
});

test.each([
  ['select a, a from t', 'a...', 1],
  ['select b\nfrom t', 'b...', 2],
  ['select b', 'b...', 2],
  ['select b', 'b...', 0],
  ['select b', 'b...', 2 ** 32],
])('none of %j quoted as %j on line %d, which could be elsewhere', (statement, quoted, line) => {
  expect(syntaxPlace(statement, near(quoted, line))).toBeUndefined();
});

test('none of words that quote nothing', () => {
  expect(syntaxPlace('select b', 'You have an error at line 1')).toBeUndefined();
  expect(syntaxPlace('select b', "You have an error near 'b'")).toBeUndefined();
});
