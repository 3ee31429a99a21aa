import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RecordRun } from './record-run.ts';

/** Reads pieces of an export on several threads at a time, and gives what they hold in their order. */
export async function* readAhead(
  pieces: AsyncIterable<Buffer>,
  organization: string,
  threads: number,
): AsyncGenerator<(RecordRun | string)[], void, undefined> {
  const workers: Worker[] = [];
  /** What each thread reads now; they take turns. */
  const reading: Promise<(RecordRun | string)[]>[] = [];
  let turn = 0;
  let fault: { readonly error: unknown } | undefined;
  try {
    try {
      for await (const piece of pieces) {
        const before = await reading[turn];
        workers[turn] ??= new Worker(new URL('./read-piece.worker.ts', import.meta.url), {
          workerData: organization,
          env: {},
        });
        reading[turn] = read(workers[turn] as Worker, piece);
        turn = (turn + 1) % threads;
        if (before !== undefined) yield before;
      }
    } catch (error) {
      // What comes before it in the file is judged before it is told.
      fault = { error };
    }
    for (let i = 0; i < reading.length; i++)
      yield (await reading[(turn + i) % reading.length]) as (RecordRun | string)[];
    if (fault !== undefined) throw fault.error;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function read(worker: Worker, piece: Buffer): Promise<(RecordRun | string)[]> {
  const answer = once(worker, 'message');
  worker.postMessage(piece);
  return (await answer)[0];
}
