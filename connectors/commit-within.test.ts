import { expect, test, vi } from 'vitest';
import { commitWithin } from './commit-within.ts';

test('a commit that is never answered ends with its connection', async () => {
  const commit = Promise.withResolvers<void>();
  const session = { destroy: () => commit.reject(new Error('hung up')) };
  await expect(commitWithin(session, () => commit.promise, 20)).rejects.toThrow('hung up');
});

test('an answered one leaves the connection alone', async () => {
  const destroy = vi.fn();
  await commitWithin({ destroy }, async () => undefined, 20);
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(destroy).not.toHaveBeenCalled();
});
