const NAME = 'sallyport';
const TEXTS = 'unsaved';

/** A browser that does not answer keeps nobody from their app. */
const PATIENCE_MS = 5_000;

/** Texts by key in this browser's own database (https://www.w3.org/TR/IndexedDB/). */
export interface BrowserDatabase {
  /** All that it holds below one of these prefixes; nothing where the browser refuses a database. */
  read(prefixes: readonly string[]): Promise<[key: string, text: string][]>;
  /**
   * Writes a text, or removes it: whole or not at all, whatever becomes of the page. False when it was refused. While one
   * is written, of each key only the newest waits.
   */
  write(key: string, text: string | null): Promise<boolean>;
}

export function openBrowserDatabase(): BrowserDatabase {
  let waiting: { texts: Map<string, string | null>; refused: Promise<ReadonlySet<string>> } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: (prefixes) =>
      soon(
        inDatabase('readonly', async (store) => {
          const ranges = prefixes.map((prefix) => IDBKeyRange.bound(prefix, `${prefix}\uffff`));
          const keys = await Promise.all(ranges.map((range) => answer(store.getAllKeys(range))));
          const texts = await Promise.all(ranges.map((range) => answer<string[]>(store.getAll(range))));
          return keys.flat().map((key, i): [string, string] => [String(key), texts.flat()[i] ?? '']);
        }),
        [],
      ),
    async write(key, text) {
      if (waiting === undefined) {
        const texts = new Map<string, string | null>();
        const refused = last.then(() => {
          waiting = undefined;
          return writeAll(texts);
        });
        last = refused;
        waiting = { texts, refused };
      }
      waiting.texts.set(key, text);
      return !(await waiting.refused).has(key);
    },
  };
}

/** Gives the keys that were refused. Each has a transaction of its own: one that is too large takes no other along. */
async function writeAll(texts: ReadonlyMap<string, string | null>): Promise<ReadonlySet<string>> {
  const refused = new Set<string>();
  for (const [key, text] of texts) {
    const written = inDatabase('readwrite', async (store) => {
      await (text === null ? answer(store.delete(key)) : answer(store.put(text, key)));
      return true;
    });
    if (!(await soon(written, false))) refused.add(key);
  }
  return refused;
}

/** Opened for each piece of work: a connection that stands open may be closed by the browser, or hold another tab up. */
async function inDatabase<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(TEXTS);
  const database = await answer(opening);
  try {
    const transaction = database.transaction(TEXTS, mode);
    // A request may succeed and the whole be given up all the same, for want of room.
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('The browser gave the write up.'));
    });
    const [value] = await Promise.all([work(transaction.objectStore(TEXTS)), done]);
    return value;
  } finally {
    database.close();
  }
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** What comes of it, or `otherwise` when the browser refuses, or does not answer. */
const soon = <T>(work: Promise<T>, otherwise: T): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE_MS);
  });
  return Promise.race([work.catch(() => otherwise), late]).finally(() => clearTimeout(timer));
};
