import { LRUCache } from 'lru-cache';
import type { Notifications } from '../../platform/db/notifications.ts';

/** Values kept in memory until somebody says that they may have changed. */
export interface Kept<V extends object> {
  /**
   * What is kept, or what `load` gives now. Many who ask at once share one load: a thousand come back at the moment in which
   * a value is let go. A value that may have changed while it was loaded is loaded again.
   */
  get(key: string, load: () => Promise<V>): V | Promise<V>;
  /** Of what is still being loaded the value is not known yet. */
  drop(matches: (key: string, value: V | undefined) => boolean): void;
  clear(): void;
}

interface Loading<V> {
  readonly value: Promise<V>;
  stale: boolean;
}

/** `connected` says whether a change would be heard; while it is not, nothing is kept or shared. */
export function createKept<V extends object>(
  notifications: Pick<Notifications, 'connected'>,
  options: { readonly max: number; readonly ttlMs: number },
): Kept<V> {
  const kept = new LRUCache<string, V>({ max: options.max, ttl: options.ttlMs, ttlResolution: 1_000 });
  const loading = new Map<string, Loading<V>>();
  const get: Kept<V>['get'] = (key, load) => {
    if (!notifications.connected) return load();
    const known = kept.get(key) ?? loading.get(key)?.value;
    if (known !== undefined) return known;
    const value = load().then(
      (loaded) => {
        if (one.stale) return get(key, load);
        loading.delete(key);
        kept.set(key, loaded);
        return loaded;
      },
      (error: unknown) => {
        if (!one.stale) loading.delete(key);
        throw error;
      },
    );
    const one = { value, stale: false };
    loading.set(key, one);
    return value;
  };
  return {
    get,
    drop: (matches) => {
      for (const [key, one] of [...loading]) {
        if (!matches(key, undefined)) continue;
        one.stale = true;
        loading.delete(key);
      }
      for (const [key, value] of [...kept.entries()]) if (matches(key, value)) kept.delete(key);
    },
    clear: () => {
      for (const one of loading.values()) one.stale = true;
      loading.clear();
      kept.clear();
    },
  };
}
