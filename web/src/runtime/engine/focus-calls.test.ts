import { afterEach, expect, it, vi } from 'vitest';
import { createFocusCalls } from './focus-calls.ts';

afterEach(() => void vi.useRealTimers());

it('an input that the same steps show gets the keyboard when it is there, once, and not long after', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const calls = createFocusCalls();
  const got: string[] = [];
  const draw = (id: string, disabled = false) =>
    calls.listen((input) => input === id && !disabled && got.push(id) > 0);
  draw('other');
  calls.call('note');
  const whileDisabled = draw('note', true);
  expect(got).toEqual([]);
  whileDisabled();
  vi.advanceTimersByTime(300);
  draw('note');
  expect(got).toEqual(['note']);
  draw('note');
  expect(got).toEqual(['note']);

  calls.call('late');
  vi.advanceTimersByTime(1_500);
  draw('late');
  expect(got).toEqual(['note']);
  calls.call('other');
  expect(got).toEqual(['note', 'other']);
});
