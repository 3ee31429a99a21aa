import { expect, test } from 'vitest';
import { commitWithin } from './commit-within.ts';

test('a commit that is never answered ends with its connection', async () => {
  let lost: (error: Error) => void = () => undefined;
  const session = { destroy: () => lost(new Error('hung up')) };
  const never = () => new Promise((_, reject) => void (lost = reject));
  await expect(commitWithin(session, never, 20)).rejects.toThrow('hung up');
});

test('an answered one leaves the connection alone', async () => {
  let hungUp = false;
  await commitWithin({ destroy: () => void (hungUp = true) }, async () => undefined, 20);
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(hungUp).toBe(false);
});
