import { LRUCache } from 'lru-cache';
import type { Notifications } from '../../platform/db/notifications.ts';

/** Values kept in memory until somebody says that they may have changed. */
export interface Kept<V extends object> {
  /** What is kept, or what `load` gives now; a value that may have changed while it was loaded is loaded again. */
  get(key: string, load: () => Promise<V>): V | Promise<V>;
  /** Of what is still being loaded the value is not known yet. */
  drop(matches: (key: string, value: V | undefined) => boolean): void;
  clear(): void;
}

/** `connected` says whether a change would be heard; while it is not, nothing is kept and nothing kept is used. */
export function createKept<V extends object>(
  notifications: Pick<Notifications, 'connected'>,
  options: { readonly max: number; readonly ttlMs: number },
): Kept<V> {
  const kept = new LRUCache<string, V>({ max: options.max, ttl: options.ttlMs, ttlResolution: 1_000 });
  const loading = new Set<{ readonly key: string; stale: boolean }>();
  const get: Kept<V>['get'] = (key, load) => {
    const known = notifications.connected ? kept.get(key) : undefined;
    if (known !== undefined) return known;
    const one = { key, stale: false };
    loading.add(one);
    return load()
      .finally(() => loading.delete(one))
      .then((value) => {
        if (one.stale) return get(key, load);
        if (notifications.connected) kept.set(key, value);
        return value;
      });
  };
  return {
    get,
    drop: (matches) => {
      for (const one of loading) if (matches(one.key, undefined)) one.stale = true;
      for (const [key, value] of [...kept.entries()]) if (matches(key, value)) kept.delete(key);
    },
    clear: () => {
      for (const one of loading) one.stale = true;
      kept.clear();
    },
  };
}
