import { expect, it } from 'vitest';
import { createLimiterOfEach } from '../src/kernel/limiter.ts';

it('each has places of their own: who fills theirs waits, is refused, and takes nobody else’s', async () => {
  const inTurn = createLimiterOfEach<string>({ atOnce: 1, waiting: 1, busy: () => new Error('busy') });
  let end: () => void = () => undefined;
  const first = inTurn('ada', () => new Promise<void>((resolve) => (end = resolve)));
  let begun = false;
  const second = inTurn('ada', async () => {
    begun = true;
  });
  await expect(inTurn('ada', async () => undefined)).rejects.toThrow('busy');
  expect(await inTurn('ben', async () => 'done')).toBe('done');
  expect(begun).toBe(false);
  end();
  await Promise.all([first, second]);
  expect(await inTurn('ada', async () => 'again')).toBe('again');
});
