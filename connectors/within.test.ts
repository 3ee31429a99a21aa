import { expect, it } from 'vitest';
import { within } from './within.ts';

it('waits as long as it may, and ends what takes longer', async () => {
  let ended = 0;
  const late = () => {
    ended += 1;
    return new Error('late');
  };
  expect(await within(1_000, Promise.resolve('answer'), late)).toBe('answer');
  await expect(within(1_000, Promise.reject(new Error('refused')), late)).rejects.toThrow('refused');
  expect(ended).toBe(0);
  const silent = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('much later')), 30));
  await expect(within(5, silent, late)).rejects.toThrow('late');
  expect(ended).toBe(1);
  // What it comes to later is nobody's unhandled failure.
  await new Promise((resolve) => setTimeout(resolve, 50));
});
