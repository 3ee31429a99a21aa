import { expect, it, vi } from 'vitest';
import { createLimiter, createLimiterOfEach } from '../src/kernel/limiter.ts';

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

it('who has waited for long enough is refused, and leaves the queue', async () => {
  vi.useFakeTimers();
  try {
    const inTurn = createLimiter({ atOnce: 1, waiting: 1, waitMs: 50, busy: () => new Error('busy') });
    let end: () => void = () => undefined;
    const first = inTurn(() => new Promise<void>((resolve) => (end = resolve)));
    const second = inTurn(async () => 'second').catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(50);
    expect(await second).toBe('busy');
    const third = inTurn(async () => 'third');
    end();
    await first;
    expect(await third).toBe('third');
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
