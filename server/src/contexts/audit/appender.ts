import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordRow } from './leaf.ts';
import { refuse } from './refusals.ts';

/** Rows in one statement, and rows that may wait: beyond that, shedding is better than a queue. */
const BATCH = 500;
const WAITING = 20_000;

interface Waiting {
  readonly row: RecordRow;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Group commit: callers that come while a commit is under way share the next one. Resolves when the row is durable;
 * when the insert fails, everyone in it is refused with `audit_unavailable`.
 */
export function createAppender(insert: (rows: readonly RecordRow[]) => Promise<void>) {
  let waiting: Waiting[] = [];
  let busy = false;
  let last = 0;

  const flush = async () => {
    while (waiting.length > 0) {
      // Several come at a time: all that this turn of the event loop brings shares the commit. One who is alone never waits.
      if (last > 1 || waiting.length > 1) await nextTurn();
      const batch = waiting.length <= BATCH ? waiting : waiting.slice(0, BATCH);
      waiting = waiting.length <= BATCH ? [] : waiting.slice(BATCH);
      last = batch.length;
      try {
        await insert(batch.map((one) => one.row));
        for (const one of batch) one.done();
      } catch (cause) {
        for (const one of batch) one.failed(refuse('audit_unavailable', { cause }));
      }
    }
    busy = false;
  };

  return (row: RecordRow): Promise<void> =>
    new Promise((done, failed) => {
      if (waiting.length >= WAITING) {
        failed(refuse('audit_unavailable'));
        return;
      }
      waiting.push({ row, done, failed });
      if (busy) return;
      busy = true;
      queueMicrotask(flush);
    });
}
