import type { BrowserDatabase } from './browser-database.ts';

export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Texts of one person that this browser keeps by key, so that they outlive the page. */
export interface Copies {
  /** What is kept below a prefix. Of one key an older text may stand beside a newer one. */
  below(prefix: string): readonly (readonly [key: string, text: string])[];
  /** Keeps a text in the place of the one before; false when the browser has no room for it, and then this page has it alone. */
  put(key: string, text: string): Promise<boolean>;
  take(key: string): void;
  /** Whether some text is in this page and nowhere else, or not yet. */
  unkept(): boolean;
}

/** Where this browser keeps what is a person's: who else signs in here is offered none of it. */
export const placeOfPerson = (person: string): string => `sallyport.${person}.`;

/**
 * Texts go to the local storage, which has them before the next line runs and so before a page that is being closed is
 * gone; it ends at some five million letters for all of them. What it refuses goes to the database, which has room for
 * more, and takes a moment. `found`: what the database held in this place when this page began.
 */
export function createCopies(
  place: string,
  storage: Storage,
  database: BrowserDatabase,
  found: Iterable<readonly [key: string, text: string]> = [],
): Copies {
  /** What the local storage refused. */
  const large = new Map(found);
  const refused = new Set<string>();
  return {
    below(prefix) {
      return [...stored(storage), ...large].flatMap(([key, text]) =>
        key.startsWith(place + prefix) ? [[key.slice(place.length), text] as const] : [],
      );
    },
    async put(name, text) {
      const key = place + name;
      if (!large.has(key) && store(storage, key, text)) return true;
      large.set(key, text);
      refused.add(key);
      const kept = await database.write(key, text);
      // Another was put meanwhile, or none is wanted any more.
      if (large.get(key) !== text) return kept;
      if (kept) {
        refused.delete(key);
        remove(storage, key);
      }
      return kept;
    },
    take(name) {
      const key = place + name;
      remove(storage, key);
      refused.delete(key);
      if (large.delete(key)) void database.write(key, null);
    },
    unkept: () => refused.size > 0,
  };
}

function stored(storage: Storage): [string, string][] {
  try {
    const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
    return keys.map((key) => [key, storage.getItem(key) ?? '']);
  } catch {
    return [];
  }
}

function store(storage: Storage, key: string, text: string): boolean {
  try {
    storage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

function remove(storage: Storage, key: string): void {
  try {
    storage.removeItem(key);
  } catch {
    // A browser that refuses storage has nothing to clear.
  }
}
