let ended = false;
const listeners = new Set<() => void>();
function set(next: boolean): void {
  if (ended === next) return;
  ended = next;
  for (const listener of listeners) listener();
}

/** Whether the session ended under a page whose unsent work is kept until the same person is back. */
export const endedSession = {
  read: (): boolean => ended,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  begin: (): void => set(true),
  over: (): void => set(false),
};
