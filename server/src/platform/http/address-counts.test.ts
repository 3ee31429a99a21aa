import { afterEach, expect, it, vi } from 'vitest';
import { AddressCounts } from './address-counts.ts';

afterEach(() => vi.useRealTimers());

it('counts anew after its window, however the clock is set', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 10_000_000 });
  const counts = new AddressCounts();
  const counted = (key = '192.0.2.1') => {
    let answer = {};
    counts.incr(key, (_error, given) => (answer = given), 60_000);
    return answer;
  };
  expect(counted()).toEqual({ current: 1, ttl: 60_000 });
  vi.advanceTimersByTime(20_000);
  vi.setSystemTime(1_000_000);
  expect(counted()).toEqual({ current: 2, ttl: 40_000 });
  expect(counted('192.0.2.2')).toEqual({ current: 1, ttl: 60_000 });
  vi.advanceTimersByTime(40_000);
  expect(counted()).toEqual({ current: 1, ttl: 60_000 });
});
