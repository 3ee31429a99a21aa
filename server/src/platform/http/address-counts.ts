import { LRUCache } from 'lru-cache';

interface Count {
  readonly since: number;
  count: number;
}

/**
 * The rate limit's counts, by a clock that nobody sets. By the system's, as the plugin counts for itself, everybody is
 * refused after it was set back until it has caught up.
 */
export class AddressCounts {
  readonly #counts = new LRUCache<string, Count>({ max: 10_000 });

  incr(
    key: string,
    answer: (error: null, counted: { readonly current: number; readonly ttl: number }) => void,
    windowMs: number,
  ): void {
    const now = performance.now();
    const known = this.#counts.get(key);
    const entry = known !== undefined && now - known.since < windowMs ? known : { since: now, count: 0 };
    entry.count += 1;
    this.#counts.set(key, entry);
    answer(null, { current: entry.count, ttl: entry.since + windowMs - now });
  }

  child(): AddressCounts {
    return new AddressCounts();
  }
}
