type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

export type InTurnOf<K> = <T>(of: K, work: () => Promise<T>) => Promise<T>;

interface Limits {
  readonly atOnce: number;
  readonly waiting: number;
  /** How long one waits at most, before it is refused likewise. Milliseconds. */
  readonly waitMs?: number;
  readonly busy: () => Error;
}

/** At most `atOnce` run and `waiting` wait; more are refused with what `busy` makes. */
export function createLimiter(limits: Limits): InTurn {
  let running = 0;
  const queue: Array<() => void> = [];
  return async (work) => {
    if (running >= limits.atOnce) {
      if (queue.length >= limits.waiting) throw limits.busy();
      // The one who ends hands the place over, so `running` does not change.
      await new Promise<void>((resolve, reject) => {
        const late = () => {
          queue.splice(queue.indexOf(go), 1);
          reject(limits.busy());
        };
        const timer = limits.waitMs === undefined ? undefined : setTimeout(late, limits.waitMs);
        const go = () => {
          clearTimeout(timer);
          resolve();
        };
        queue.push(go);
      });
    } else running++;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

/** The same for each of many, such as people: one who fills their own places takes nobody else's. */
export function createLimiterOfEach<K>(limits: Limits): InTurnOf<K> {
  const all = new Map<K, { readonly inTurn: InTurn; count: number }>();
  return async (of, work) => {
    const one = all.get(of) ?? { inTurn: createLimiter(limits), count: 0 };
    all.set(of, one);
    one.count += 1;
    try {
      return await one.inTurn(work);
    } finally {
      one.count -= 1;
      if (one.count === 0) all.delete(of);
    }
  };
}
