import { setImmediate, setTimeout } from 'node:timers/promises';

/** From so many bytes on, reading and checking a body takes long enough for others to notice. */
export const LARGE_BYTES = 256 * 1024;

/**
 * Reads large bodies one at a time, and after each leaves the node to everybody else for as long as it took: many at once
 * would each hold it for a quarter of a second, one right after the other.
 */
export function createLargeBodies(): (read: () => void) => void {
  let last: Promise<unknown> = Promise.resolve();
  return (read) => {
    const turn = async () => {
      const began = performance.now();
      read();
      // What follows at once, up to the first wait for the database, is of the same turn.
      await setImmediate();
      await setTimeout(performance.now() - began);
    };
    last = last.then(turn, turn);
  };
}
