import { expect, it, vi } from 'vitest';
import { describeStatement } from './frontend-messages.ts';
import { KeptMessages } from './kept-messages.ts';

it('makes a message once, and keeps no more memory for it than its bytes', () => {
  const messages = new KeptMessages();
  const make = vi.fn(() => describeStatement('s1'));
  const first = messages.get('s1', make);
  expect(first).toEqual(describeStatement('s1'));
  expect(first.buffer.byteLength).toBe(first.length);
  expect(messages.get('s1', make)).toBe(first);
  expect(make).toHaveBeenCalledTimes(1);
});
