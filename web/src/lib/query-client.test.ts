import { MutationObserver, onlineManager } from '@tanstack/react-query';
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

it('W10 while the browser thinks that it is offline, a question is asked and a change is refused or made now', async () => {
  onlineManager.setOnline(false);
  try {
    expect(await queryClient.fetchQuery({ queryKey: ['asked'], queryFn: async () => 'answer' })).toBe(
      'answer',
    );
    const change = new MutationObserver(queryClient, {
      mutationFn: async () => {
        throw new Error('No answer.');
      },
    });
    await expect(change.mutate()).rejects.toThrow('No answer.');
  } finally {
    onlineManager.setOnline(true);
  }
});
