import { LRUCache } from 'lru-cache';
import type { Clock } from '../../kernel/clock.ts';
import { addressGroup } from './throttle.ts';

/** Tokens that nobody has, a minute and address: a browser with an ended session sends a handful. */
const UNKNOWN_A_MINUTE = 60;
const MINUTE = 60_000;

/** Keeps a flood of invented tokens from becoming a flood of look-ups (I14). */
export interface StrangerBrake {
  /** Seconds to wait, or 0. A token that was known before is looked up in any case. */
  wait(address: string, key: string): number;
  known(key: string): void;
  unknown(address: string, key: string): void;
}

export function createStrangerBrake(clock: Clock): StrangerBrake {
  const counts = new LRUCache<string, { from: number; count: number }>({ max: 10_000 });
  const familiar = new LRUCache<string, true>({ max: 20_000 });
  const current = (address: string) => {
    const entry = counts.get(addressGroup(address));
    const passed = clock.now() - (entry?.from ?? 0);
    // Less than none after the clock was set back.
    return passed >= 0 && passed < MINUTE ? entry : undefined;
  };
  return {
    wait: (address, key) => {
      const entry = current(address);
      if (entry === undefined || entry.count < UNKNOWN_A_MINUTE || familiar.has(key)) return 0;
      return Math.ceil((entry.from + MINUTE - clock.now()) / 1_000);
    },
    known: (key) => void familiar.set(key, true),
    unknown: (address, key) => {
      familiar.delete(key);
      const entry = current(address);
      if (entry === undefined) counts.set(addressGroup(address), { from: clock.now(), count: 1 });
      else entry.count += 1;
    },
  };
}
