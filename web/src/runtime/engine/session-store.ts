/**
 * Snapshots by key, each with its own listeners: a change of one component wakes that component and nothing else.
 * Changes made in one turn are told once.
 */
export interface SessionStore {
  read<T>(key: string): T;
  write(key: string, value: unknown): void;
  subscribe(key: string, listener: () => void): () => void;
  /** Tells now what was written, and not at the end of the turn. */
  tell(): void;
}

export function createSessionStore(): SessionStore {
  const values = new Map<string, unknown>();
  const listeners = new Map<string, Set<() => void>>();
  const changed = new Set<string>();
  const tell = (): void => {
    const keys = [...changed];
    changed.clear();
    for (const key of keys) for (const listener of listeners.get(key) ?? []) listener();
  };
  return {
    read: <T>(key: string) => values.get(key) as T,
    write(key, value) {
      if (Object.is(values.get(key), value)) return;
      values.set(key, value);
      if (changed.size === 0) queueMicrotask(tell);
      changed.add(key);
    },
    subscribe(key, listener) {
      const own = listeners.get(key) ?? new Set();
      listeners.set(key, own.add(listener));
      return () => {
        own.delete(listener);
      };
    },
    tell,
  };
}
