const MAX_NODES = 2_000_000;
const MAX_TEXT = 32 * 1024 * 1024;
/** Deeper, the copies on the way to the page would run out of stack. */
const MAX_DEPTH = 500;

/** Thrown for what cannot leave the sandbox; the message is for the person who wrote the expression. */
export class NotPlain extends Error {}

/**
 * The value as JSON-like data, the same object when it already is: dates become ISO 8601 text, big integers decimal
 * text, sets and iterators arrays, maps objects, parameters of an address its text. Functions and what is too large are refused.
 */
export function plainValue(value: unknown): unknown {
  let nodes = 0;
  let text = 0;
  const open = new Set<object>();
  const list = (items: readonly unknown[]): unknown => {
    let copy: unknown[] | undefined;
    for (let i = 0; i < items.length; i++) {
      const plain = walk(items[i]);
      if (plain !== items[i] && copy === undefined) copy = items.slice(0, i);
      copy?.push(plain);
    }
    return copy ?? items;
  };
  const record = (object: Record<string, unknown>): unknown => {
    let copy: Record<string, unknown> | undefined;
    for (const key of Object.keys(object)) {
      const plain = walk(object[key]);
      if (plain !== object[key]) {
        copy ??= { ...object };
        Object.defineProperty(copy, key, {
          value: plain,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
    }
    return copy ?? object;
  };
  const walk = (at: unknown): unknown => {
    if (++nodes > MAX_NODES) throw new NotPlain('The result is too large.');
    if (typeof at === 'string') {
      text += at.length;
      if (text > MAX_TEXT) throw new NotPlain('The result is too large.');
      return at;
    }
    if (at === null || typeof at === 'boolean') return at;
    if (at === undefined) return null;
    if (typeof at === 'number') return Number.isFinite(at) ? at : null;
    if (typeof at === 'bigint') return at.toString();
    if (typeof at === 'function') throw new NotPlain('The result is a function. Call it: add ().');
    if (typeof at !== 'object') throw new NotPlain('The result is a symbol, not a value.');
    if (at instanceof Date) return Number.isNaN(at.getTime()) ? null : at.toISOString();
    if (at instanceof Promise) throw new NotPlain('The result is a promise. Expressions cannot use await.');
    if (at instanceof RegExp || at instanceof URLSearchParams) return String(at);
    if (open.has(at)) throw new NotPlain('The result contains itself.');
    if (open.size === MAX_DEPTH)
      throw new NotPlain(`The result is nested more than ${MAX_DEPTH} levels deep.`);
    open.add(at);
    const plain = Array.isArray(at)
      ? list(at)
      : at instanceof Map
        ? record(Object.fromEntries(at))
        : isIterable(at)
          ? list(itemsOf(at))
          : record(toRecord(at));
    open.delete(at);
    return plain;
  };
  return walk(value);
}

const isIterable = (at: object): at is Iterable<unknown> => Symbol.iterator in at;

/** What a set, or a walk over something such as `map.keys()`, has; one that never ends is refused. */
function itemsOf(at: Iterable<unknown>): readonly unknown[] {
  const items: unknown[] = [];
  for (const item of at) {
    if (items.push(item) > MAX_NODES) throw new NotPlain('The result is too large.');
  }
  return items;
}

function toRecord(at: object): Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(at);
  return prototype === Object.prototype || prototype === null ? (at as Record<string, unknown>) : { ...at };
}
