import { afterEach, expect, it, vi } from 'vitest';
import type { ConnectorError } from './port.ts';
import { RowQueue } from './row-queue.ts';
import { makeWay, RunWatch } from './run-watch.ts';

afterEach(() => vi.useRealTimers());

it('the reader that has stood still for longest makes way, and only one that has for long', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const live = new Set<RunWatch>();
  const stopped: string[] = [];
  const run = (name: string) => {
    const queue = new RowQueue({
      pause: () => undefined,
      resume: () => undefined,
      abandon: () => undefined,
      delivered: () => undefined,
    });
    new RunWatch({
      session: { dead: false, drain: () => undefined, destroy: () => undefined },
      cancel: async () => undefined,
      timeoutMs: 600_000,
      signal: undefined,
      onStop: (reason: ConnectorError) => stopped.push(`${name} ${reason.code}`),
      live,
      standing: () => queue.standing,
    });
    return queue;
  };
  const [first, second, complete] = [run('first'), run('second'), run('complete')];
  const many = 300 * 1024;
  first.push('x', many);
  complete.push('x', many);
  complete.complete();
  await vi.advanceTimersByTimeAsync(3_000);
  second.push('x', many);
  await vi.advanceTimersByTimeAsync(1_900);
  makeWay(live);
  expect(stopped).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  makeWay(live);
  makeWay(live);
  expect(stopped).toEqual(['first run_stood_still']);
  // One that reads on, however little, begins anew.
  await second[Symbol.asyncIterator]().next();
  second.push('x', many);
  await vi.advanceTimersByTimeAsync(4_000);
  makeWay(live);
  expect(stopped).toHaveLength(1);
});
