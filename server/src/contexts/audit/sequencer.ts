import type { Pass } from './sequence.ts';

// A pass costs a few milliseconds of CPU whether it takes one record or a thousand.
const SOON_MS = 250;
const UNSIGNED_MS = 500;
const POLL_MS = 1_000;

/** Runs passes: at once while there is more, soon after this node records, and every second for what others record. */
export function createSequencer(pass: () => Promise<Pass>, onFault: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  let closed = false;

  const schedule = (ms: number) => {
    const at = performance.now() + ms;
    if (closed || running !== undefined || at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(() => {
      running = run();
    }, ms);
    timer.unref();
  };
  let woken = false;
  const run = async () => {
    due = Number.POSITIVE_INFINITY;
    woken = false;
    let wait = POLL_MS;
    try {
      const done = await pass();
      if (done.more) wait = 0;
      else if (done.unsigned) wait = UNSIGNED_MS;
    } catch (error) {
      onFault(error);
    }
    running = undefined;
    schedule(woken ? Math.min(wait, SOON_MS) : wait);
  };

  schedule(0);
  return {
    /** Something was recorded here. */
    wake: () => {
      woken = true;
      schedule(SOON_MS);
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
