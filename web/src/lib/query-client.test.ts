import { MutationObserver } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { queryClient } from './query-client.ts';

afterEach(() => vi.useRealTimers());

it('W4 what was sent is forgotten once the form that it was typed into is left', async () => {
  vi.useFakeTimers();
  const form = new MutationObserver(queryClient, { mutationFn: async (sent: { password: string }) => sent });
  const leave = form.subscribe(() => undefined);
  await form.mutate({ password: 'correct-horse-battery-71' });
  leave();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(queryClient.getMutationCache().getAll()).toEqual([]);
});
