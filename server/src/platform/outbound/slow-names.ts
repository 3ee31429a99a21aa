import { createLimiter } from '../../kernel/limiter.ts';

/** A name that there is not is answered for sooner. Milliseconds. */
const SLOW_MS = 2_000;
/** Of those that the system looks up at once, which are eight (scripts/engine-options.mjs). */
const AT_ONCE = 4;
const REMEMBERED = 1_000;

/**
 * Leaves half of the system's lookups to names that were answered for. One that no server answers for takes ten seconds and
 * more each time, and nine of them, asked for again and again, would keep every other source from being found.
 */
export function slowNamesApart(resolve: (host: string) => Promise<readonly string[]>) {
  const slow = new Set<string>();
  // Each name waits once, so there are no more of them than sources.
  const inTurn = createLimiter({
    atOnce: AT_ONCE,
    waiting: Number.POSITIVE_INFINITY,
    busy: () => new Error(),
  });
  const timed = async (host: string) => {
    const began = performance.now();
    slow.delete(host);
    try {
      return await resolve(host);
    } catch (error) {
      // One that was answered for may have waited for these.
      if (performance.now() - began >= SLOW_MS) slow.add(host);
      if (slow.size > REMEMBERED) slow.delete(slow.values().next().value!);
      throw error;
    }
  };
  return (host: string) => (slow.has(host) ? inTurn(() => timed(host)) : timed(host));
}
