/**
 * A browser opens six connections to a server, for all its tabs. Slow reads of one page could take them all, and then the
 * button that is pressed, a draft that is saved, another page and its code would wait for them, however long they take.
 */
const MOST = 5;
/** Of these, reads that no act of a person began: what they do next finds a turn. */
const MOST_OF_LOADING = 4;

/** When reads that run by themselves may begin. What somebody asks for takes no turn. */
export interface ReadTurns {
  /** Does the work in its turn, at once where one is free; rejects without it when the signal aborts first. */
  take<T>(work: () => Promise<T>, signal: AbortSignal, loading: boolean): Promise<T>;
}

export function createReadTurns(): ReadTurns {
  let taken = 0;
  const waiting = new Set<{ readonly loading: boolean; readonly begin: () => void }>();
  const isFree = (loading: boolean): boolean => taken < (loading ? MOST_OF_LOADING : MOST);
  const leave = (): void => {
    taken -= 1;
    const next = [...waiting].find(({ loading }) => !loading) ?? [...waiting][0];
    if (next === undefined || !isFree(next.loading)) return;
    waiting.delete(next);
    taken += 1;
    next.begin();
  };
  const wait = (signal: AbortSignal, loading: boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const one = { loading, begin: resolve };
      waiting.add(one);
      signal.addEventListener(
        'abort',
        () => {
          if (waiting.delete(one)) reject(signal.reason);
        },
        { once: true },
      );
    });
  return {
    async take(work, signal, loading) {
      if (isFree(loading)) taken += 1;
      else await wait(signal, loading);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
