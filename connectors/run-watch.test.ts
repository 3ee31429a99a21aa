import { afterEach, expect, it, vi } from 'vitest';
import { ConnectorError } from './port.ts';
import { RowQueue } from './row-queue.ts';
import { makeWay, RunWatch } from './run-watch.ts';

afterEach(() => vi.useRealTimers());

it('a connection that is stopped is lent to nobody from then on, also while the engine is told', async () => {
  vi.useFakeTimers();
  const session = { dead: false, ended: false, drain: () => undefined, destroy: vi.fn() };
  const reasons: string[] = [];
  const stop = new AbortController();
  const live = new Set<RunWatch>();
  const onStop = ({ code }: ConnectorError) => void reasons.push(code);
  new RunWatch({
    session,
    cancel: () => new Promise(() => undefined),
    timeoutMs: 5_000,
    signal: stop.signal,
    onStop,
    live,
  });
  stop.abort();
  expect([session.dead, reasons, live.size]).toEqual([true, ['run_cancelled'], 0]);
  // The engine says nothing to the cancel: then we hang up.
  await vi.advanceTimersByTimeAsync(1_000);
  expect(session.destroy).toHaveBeenCalledOnce();
  const other = { session: { ...session, dead: false }, cancel: async () => undefined, onStop, live };
  new RunWatch({ ...other, timeoutMs: 5_000, signal: undefined });
  await vi.advanceTimersByTimeAsync(5_900);
  expect(reasons).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(reasons).toEqual(['run_cancelled', 'source_timeout']);
  new RunWatch({ ...other, timeoutMs: 5_000, signal: stop.signal });
  expect(reasons).toEqual(['run_cancelled', 'source_timeout', 'run_cancelled']);
});

it.each([
  ['has ended by then is cancelled once', true, 1],
  ['goes on is cancelled again, since the engine may have begun with it after the cancel', false, 3],
])('what %s', async (_, ended, times) => {
  vi.useFakeTimers();
  const session = { dead: false, ended: false, drain: () => undefined, destroy: vi.fn() };
  const cancel = vi.fn(async () => undefined);
  const live = new Set<RunWatch>();
  const onStop = () => undefined;
  new RunWatch({ session, cancel, timeoutMs: 5_000, signal: undefined, onStop, live }).stop(
    new ConnectorError('run_cancelled'),
  );
  await vi.advanceTimersByTimeAsync(40);
  session.ended = ended;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(cancel).toHaveBeenCalledTimes(times);
  if (!ended) expect(session.destroy).toHaveBeenCalled();
});

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
      session: { dead: false, ended: false, drain: () => undefined, destroy: () => undefined },
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
