import { refuse } from './refusals.ts';

export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** At most `atOnce` run and `waiting` wait; more are refused with `sign_in_busy`. */
export function createLimiter(limits: { readonly atOnce: number; readonly waiting: number }): InTurn {
  let running = 0;
  const queue: Array<() => void> = [];
  return async (work) => {
    if (running >= limits.atOnce) {
      if (queue.length >= limits.waiting) throw refuse('sign_in_busy', { extra: { retryAfter: 2 } });
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
