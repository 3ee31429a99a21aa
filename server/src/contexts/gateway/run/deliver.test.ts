import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { largeAnswers, Place } from '@sallyport/connectors/large-answers.ts';
import type { RunOutcome } from '@sallyport/connectors/port.ts';
import { afterEach, expect, it, vi } from 'vitest';
import type { RunId } from '../../../kernel/ids.ts';
import type { Wire } from '../../../platform/http/binding.ts';
import { deliver, StreamCut } from './deliver.ts';
import { formatFor } from './format.ts';

afterEach(() => vi.useRealTimers());

const outcome: RunOutcome = { rows: 3, changed: null, truncated: null, total: null, sourceMs: 1 };

/** An answer that is long, to a client that takes nothing of it. */
function toNobody(filler = 200_000) {
  const controller = new AbortController();
  const response = Object.assign(new EventEmitter(), { destroyed: false, write: () => false });
  const wire = {
    signal: controller.signal,
    stop: (reason: string) => controller.abort(reason),
    stream: () => response as unknown as ServerResponse,
  } as unknown as Wire;
  let ran = false;
  const delivered = deliver(
    {
      running: {
        columns: [],
        batches: (async function* () {
          for (let i = 0; i < 3; i++) yield [`{"filler":"${'x'.repeat(filler)}"}`];
        })(),
        end: Promise.resolve(outcome),
        release: () => undefined,
      },
      format: formatFor('application/x-ndjson'),
      head: { run: 'r' as RunId, columns: [], position: null },
      wire,
      whole: false,
      begun: async () => undefined,
      ran: async () => {
        ran = true;
      },
    },
    { response: null, bytes: 0 },
  );
  delivered.catch(() => undefined);
  return { delivered, response, reason: () => controller.signal.reason as unknown, ran: () => ran };
}

it('G5 who takes nothing for a minute has left, also when the source has brought all its rows', async () => {
  vi.useFakeTimers();
  const { delivered, reason, ran } = toNobody();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(reason()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(delivered).rejects.toBeInstanceOf(StreamCut);
  expect(reason()).toBe('client-left');
  expect(ran()).toBe(false);
});

it('G5 who takes some within each minute may take as long as the query does', async () => {
  vi.useFakeTimers();
  const { response, reason, ran } = toNobody();
  for (let minute = 0; minute < 3; minute++) {
    await vi.advanceTimersByTimeAsync(59_000);
    response.emit('drain');
  }
  Object.assign(response, { end: () => undefined });
  await vi.advanceTimersByTimeAsync(0);
  expect([reason(), ran()]).toEqual([undefined, true]);
});

it('G5 who left before the answer was written is not waited for', async () => {
  vi.useFakeTimers();
  const { delivered, response, ran } = toNobody();
  response.destroyed = true;
  await expect(delivered).rejects.toBeInstanceOf(StreamCut);
  expect([ran(), vi.getTimerCount()]).toEqual([false, 0]);
});

it('G5 who takes nothing of a large answer makes way for whoever waits to read one, and for nobody else', async () => {
  vi.useFakeTimers();
  const { delivered, response, reason } = toNobody(3_000_000);
  const small = toNobody();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(reason()).toBeUndefined();
  const places = ['a', 'a', 'b', 'b', 'c'].map((holder) => new Place(holder, undefined));
  const taken = places.map((one) => one.take());
  expect(largeAnswers.wanted).toBe(true);
  // A piece of it was taken in time.
  await vi.advanceTimersByTimeAsync(3_000);
  response.emit('drain');
  await vi.advanceTimersByTimeAsync(4_900);
  expect([reason(), largeAnswers.wanted]).toEqual([undefined, true]);
  await vi.advanceTimersByTimeAsync(100);
  await expect(delivered).rejects.toBeInstanceOf(StreamCut);
  expect([reason(), small.reason()]).toEqual(['stood-still', undefined]);
  for (const one of places) one.end();
  await Promise.all(taken);
});
