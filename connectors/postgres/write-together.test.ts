import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { writeTogether } from './write-together.ts';

it('writes nothing before the end of the turn, then everything, each stream’s in its order', async () => {
  const [one, two] = [new PassThrough(), new PassThrough()];
  writeTogether(one, Buffer.from('a'));
  writeTogether(two, Buffer.from('x'));
  await Promise.resolve();
  writeTogether(one, Buffer.from('b'));
  expect([one.readableLength, two.readableLength]).toEqual([0, 0]);
  await nextTurn();
  expect([String(one.read()), String(two.read())]).toEqual(['ab', 'x']);
});

it('passes over a stream that ended meanwhile, and goes on with the others', async () => {
  const [gone, here] = [new PassThrough(), new PassThrough()];
  const errors: Error[] = [];
  gone.on('error', (error) => errors.push(error));
  writeTogether(gone, Buffer.from('a'));
  writeTogether(here, Buffer.from('b'));
  gone.destroy();
  await nextTurn();
  expect(String(here.read())).toBe('b');
  await nextTurn();
  expect(errors).toEqual([]);
});

it('writes in the next turn what comes while it writes', async () => {
  const [first, second] = [new PassThrough(), new PassThrough()];
  first.on('data', () => writeTogether(second, Buffer.from('later')));
  writeTogether(first, Buffer.from('now'));
  await nextTurn();
  await nextTurn();
  await nextTurn();
  expect(String(second.read())).toBe('later');
});
