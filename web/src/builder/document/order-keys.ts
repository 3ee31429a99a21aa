import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/**
 * A key after the last one. One that did not come from this library, but from a hand, is followed by the first of those
 * that did, or by itself and a letter where that comes before it.
 */
export function orderAfter(keys: Iterable<string>): string {
  let last: string | null = null;
  for (const key of keys) if (last === null || key > last) last = key;
  const first = generateKeyBetween(null, null);
  if (last === null || last < first) return first;
  try {
    return generateKeyBetween(last, null);
  } catch {
    return `${last}V`;
  }
}

/**
 * The keys that move one of several, which come in their order, before another or to the end: its own, or everyone's
 * where none fits, between equal ones (two edits that were joined) or beside those of a hand. None: `before` is not there.
 */
export function keysToMove(
  siblings: readonly (readonly [name: string, { readonly order: string }])[],
  moved: string,
  before: string | undefined,
): ReadonlyMap<string, string> {
  const others = siblings.filter(([name]) => name !== moved);
  const index = before === undefined ? others.length : others.findIndex(([name]) => name === before);
  if (index === -1) return new Map();
  try {
    const order = generateKeyBetween(others[index - 1]?.[1].order ?? null, others[index]?.[1].order ?? null);
    return new Map([[moved, order]]);
  } catch {
    const names = others.map(([name]) => name).toSpliced(index, 0, moved);
    const orders = generateNKeysBetween(null, null, names.length);
    return new Map(names.map((name, i) => [name, orders[i]!]));
  }
}
