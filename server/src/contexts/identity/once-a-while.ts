import { LRUCache } from 'lru-cache';

/** Answers true for a key once in so many milliseconds, on this node: what would otherwise be recorded at every try. */
export function createOnceAWhile(ms: number): (key: string) => boolean {
  const told = new LRUCache<string, true>({ max: 10_000, ttl: ms });
  return (key) => {
    if (told.has(key)) return false;
    told.set(key, true);
    return true;
  };
}
