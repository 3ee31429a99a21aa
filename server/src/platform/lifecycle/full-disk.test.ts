import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { CannotStart } from './cannot-start.ts';
import { sayFullDisk } from './full-disk.ts';

const coded = (code: string) => Object.assign(new Error('x'), { code });
const said = (error: unknown, embedded = true) =>
  sayFullDisk(error, { dataDirectory: tmpdir(), embedded }) as Error;

test.each([
  ['a file of ours', coded('ENOSPC'), true],
  ['a file of ours, by a quota', coded('EDQUOT'), false],
  ['a table', coded('53100'), true],
  ['a table, in a migration', new Error('The migration failed', { cause: coded('53100') }), true],
  [
    'initdb',
    new CannotStart('PostgreSQL could not', { cause: new Error('x: No space left on device') }),
    true,
  ],
  ['PostgreSQL at its start', new CannotStart('It ended: No space left on device'), true],
])('a full disk is said in a sentence that names the place: %s', (_what, error, embedded) => {
  const sentence = said(error, embedded);
  expect(sentence).toBeInstanceOf(CannotStart);
  expect(sentence.message).toContain(`${tmpdir()} is almost full`);
  // A disk that has run out of files has bytes left, and to say these alone would be of no help.
  expect(sentence.message).toMatch(/\d+ MB( and \d+ files \(inodes\))? are left/);
});
test('the disk of a PostgreSQL of the operator’s own is another', () => {
  expect(said(coded('53100'), false).message).toMatch(/at DATABASE_URL is full/);
});
test('anything else stays what it is', () => {
  for (const error of [coded('42501'), new CannotStart('The key is another.'), undefined])
    expect(said(error)).toBe(error);
});
