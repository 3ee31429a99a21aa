import { LRUCache } from 'lru-cache';
import type { Notifications } from '../../platform/db/notifications.ts';

/** Values kept in memory until somebody says that they may have changed. */
export interface Kept<V extends object> {
  /** What is kept, or what `load` gives now. A value that changed while it was loaded is used once and not kept. */
  get(key: string, load: () => Promise<V>): V | Promise<V>;
  drop(matches: (key: string) => boolean): void;
  clear(): void;
}

/** `connected` says whether a change would be heard; while it is not, nothing is kept and nothing kept is used. */
export function createKept<V extends object>(
  notifications: Pick<Notifications, 'connected'>,
  options: { readonly max: number; readonly ttlMs: number },
): Kept<V> {
  const kept = new LRUCache<string, V>({ max: options.max, ttl: options.ttlMs, ttlResolution: 1_000 });
  let changes = 0;
  return {
    get: (key, load) => {
      const known = notifications.connected ? kept.get(key) : undefined;
      if (known !== undefined) return known;
      const before = changes;
      return load().then((value) => {
        if (changes === before && notifications.connected) kept.set(key, value);
        return value;
      });
    },
    drop: (matches) => {
      changes++;
      for (const key of [...kept.keys()]) if (matches(key)) kept.delete(key);
    },
    clear: () => {
      changes++;
      kept.clear();
    },
  };
}
