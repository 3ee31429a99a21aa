import { flushCompileCache } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log/log.ts';

/** What the program is doing; `/v1/health` shows it. */
export type Phase = 'starting' | 'ready' | 'stopping' | 'stopped';

/** Starts parts in order and stops them in the opposite one. */
export interface Lifecycle {
  readonly phase: Phase;
  /**
   * Runs `start`; when it is done, `stop` is kept for the end. A part that fails to start leaves nothing to stop of its
   * own. Refuses while stopping, so that a signal during the start ends it at the next part.
   */
  part<T>(name: string, start: () => T | Promise<T>, stop?: (started: T) => unknown): Promise<T>;
  ready(): void;
  /**
   * Stops every part, last first, each within `stopWithinMs`; a part that fails to stop does not keep the others. One that
   * was ready goes on for `afterMs` before, and is not ready any more: whoever sends it requests is to see that first.
   */
  stop(afterMs?: number): Promise<void>;
}

export class StoppedWhileStarting extends Error {
  constructor() {
    super('Told to stop while starting.');
    this.name = 'StoppedWhileStarting';
  }
}

export function createLifecycle(log: Log, stopWithinMs = 10_000): Lifecycle {
  const stops: { name: string; stop: () => unknown }[] = [];
  let phase: Phase = 'starting';
  let stopping: Promise<void> | undefined;

  const stopAll = async (afterMs = 0) => {
    const drains = phase === 'ready' && afterMs > 0;
    phase = 'stopping';
    if (drains) await sleep(afterMs);
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) {
      const { name, stop } = next;
      try {
        await within(stopWithinMs, name, Promise.resolve().then(stop));
      } catch (error) {
        log.error({ err: error, part: name }, 'a part did not stop cleanly');
      }
    }
    phase = 'stopped';
  };
  return {
    get phase() {
      return phase;
    },
    part: async (name, start, stop) => {
      if (stopping !== undefined) throw new StoppedWhileStarting();
      const started = await start();
      if (stop !== undefined) stops.push({ name, stop: () => stop(started) });
      if (stopping !== undefined) {
        // The signal came while this part was starting: its turn to stop may already be over.
        await stopping;
        await stopAll();
        throw new StoppedWhileStarting();
      }
      return started;
    },
    ready: () => {
      if (phase !== 'starting') return;
      phase = 'ready';
      // Node writes what it compiled when it exits; a server that is killed would compile all of it again.
      setTimeout(flushCompileCache, 2_000).unref();
    },
    stop: (afterMs) => {
      stopping ??= stopAll(afterMs);
      return stopping;
    },
  };
}

function within<T>(ms: number, name: string, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${name} did not stop in ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
