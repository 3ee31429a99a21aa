import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseAway } from './database-away.ts';

/** A failover takes seconds. What may not go on, and cannot be asked about, goes on no longer than this. */
export const PATIENCE_MS = 20_000;
const AGAIN_MS = 500;

/** Asks again while the database is away; when it has been for so long, or of any other error, it throws. */
export async function askPatiently<T>(ask: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() >= until) throw error;
      await sleep(AGAIN_MS, undefined, { ref: false });
    }
  }
}
