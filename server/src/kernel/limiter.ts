export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** At most `atOnce` run and `waiting` wait; more are refused with what `busy` makes. */
export function createLimiter(limits: {
  readonly atOnce: number;
  readonly waiting: number;
  readonly busy: () => Error;
}): InTurn {
  let running = 0;
  const queue: Array<() => void> = [];
  return async (work) => {
    if (running >= limits.atOnce) {
      if (queue.length >= limits.waiting) throw limits.busy();
      // The one who ends hands the place over, so `running` does not change.
      await new Promise<void>((resolve) => queue.push(resolve));
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
