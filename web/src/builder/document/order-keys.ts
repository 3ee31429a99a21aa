import { generateKeyBetween } from 'fractional-indexing';

/** A key after the last one. Keys that did not come from this library are replaced by a fresh start. */
export function orderAfter(keys: Iterable<string>): string {
  let last: string | null = null;
  for (const key of keys) if (last === null || key > last) last = key;
  return orderBetween(last, null);
}

/** A key between two, either open. */
export function orderBetween(before: string | null, after: string | null): string {
  try {
    return generateKeyBetween(before, after);
  } catch {
    // Foreign keys (a hand-written bundle): anything that sorts after `before` is right.
    return before === null ? generateKeyBetween(null, null) : `${before}V`;
  }
}
