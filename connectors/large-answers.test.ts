import { PassThrough } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { LARGE_BYTES, LargeAnswers, LIGHT_BYTES, Place } from './large-answers.ts';
import { look } from './look.ts';
import type { ConnectorError } from './port.ts';
import { RowLimit } from './row-limit.ts';
import type { RunWatch } from './run-watch.ts';

/** Four places, of which one holder has two. */
function make() {
  const all = new LargeAnswers();
  const placeOf = (holder: string) => new Place(holder, undefined, all);
  return { all, placeOf };
}

it('one person has half of the places, and whoever gives one back lets the first in who may have it', async () => {
  const { all, placeOf } = make();
  const [a1, a2, a3, b1] = [placeOf('a'), placeOf('a'), placeOf('a'), placeOf('b')];
  await Promise.all([a1.take(), a2.take()]);
  const third = a3.take();
  await b1.take();
  expect([a3.taken, b1.taken, all.wanted, all.taken]).toEqual([false, true, true, 3]);
  a1.letGo();
  await third;
  expect([a3.taken, all.wanted, all.taken]).toEqual([true, false, 3]);
});

it('who gets none in time is told so, and a place that comes after its run has ended is given back', async () => {
  vi.useFakeTimers();
  try {
    const { all, placeOf } = make();
    const [a1, a2, a3] = [placeOf('a'), placeOf('a'), placeOf('a')];
    await Promise.all([a1.take(), a2.take()]);
    const refused = a3.take().catch((error: ConnectorError) => error.code);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await refused).toBe('run_limit_large');
    const late = a3.take();
    a3.end();
    a1.end();
    await late;
    expect([a3.taken, all.taken]).toEqual([false, 1]);
  } finally {
    vi.useRealTimers();
  }
});

/** A connection on which a run's rows arrive, as often as `row` is called. */
function connection() {
  const { all, placeOf } = make();
  const stream = new PassThrough({ highWaterMark: 64 * LARGE_BYTES });
  const limit = new RowLimit(stream, { pause: () => stream.pause(), resume: () => stream.resume() });
  const place = placeOf('a');
  let rows = 0;
  const stopped: string[] = [];
  const watch = { stop: ({ code }: ConnectorError) => stopped.push(code) } as unknown as RunWatch;
  const send = async (bytes: number) => {
    stream.write(Buffer.alloc(bytes));
    await new Promise((resolve) => setImmediate(resolve));
  };
  const begin = (gathers = false) => limit.begin({ rows: () => rows, watch, place, gathers });
  const row = () => {
    rows += 1;
  };
  return { all, placeOf, stream, limit, place, stopped, send, begin, row };
}

it('a row takes a place once it is large, and keeps it until it was delivered, unless it turns out to be light', async () => {
  const { limit, place, send, begin, row } = connection();
  begin();
  await send(LARGE_BYTES);
  expect(place.taken).toBe(false);
  await send(1);
  expect(place.taken).toBe(true);
  row();
  await send(10);
  expect(place.taken).toBe(false);
  await send(LIGHT_BYTES + 1);
  row();
  await send(10);
  expect(place.taken).toBe(true);
  // A small row after it does not give its place away.
  row();
  await send(10);
  expect(place.taken).toBe(true);
  limit.delivered(place);
  expect(place.taken).toBe(false);
  // Delivered while the next is large already.
  await send(LIGHT_BYTES + 1);
  limit.delivered(place);
  expect(place.taken).toBe(true);
});

it('rows that are kept until the last has come are large together', async () => {
  const { place, send, begin, row } = connection();
  begin(true);
  for (let i = 0; i < 5; i++) {
    await send(LARGE_BYTES / 4);
    row();
  }
  expect(place.taken).toBe(true);
});

it('nothing more is read while a row waits for a place, whatever the reader does', async () => {
  const { placeOf, stream, limit, place, send, begin, stopped } = connection();
  const others = [placeOf('a'), placeOf('a')];
  await Promise.all(others.map((one) => one.take()));
  begin();
  await send(LARGE_BYTES + 1);
  expect(stream.isPaused()).toBe(true);
  limit.pause();
  limit.resume();
  expect(stream.isPaused()).toBe(true);
  others[0]?.letGo();
  await vi.waitUntil(() => place.taken);
  expect(stream.isPaused()).toBe(false);
  expect(stopped).toEqual([]);
});

it('what still comes of a run that was stopped takes no place', async () => {
  const { limit, place, all, send, begin } = connection();
  begin();
  limit.drain();
  await send(LARGE_BYTES + 1);
  expect([place.taken, all.taken]).toEqual([false, 0]);
});

it('a run that was stopped while it waited reads no further', async () => {
  const { placeOf, stream, limit, send, begin } = connection();
  await Promise.all([placeOf('a'), placeOf('a')].map((one) => one.take()));
  begin();
  await send(LARGE_BYTES + 1);
  limit.drain();
  expect(stream.destroyed).toBe(true);
});

it('what answers our own statements is bounded, between runs and where all of it is gathered', async () => {
  const idle = connection();
  const ended = new Promise((resolve) => idle.stream.once('error', resolve));
  // What came in a run does not count.
  idle.begin();
  await idle.send(LARGE_BYTES);
  idle.limit.end();
  for (let i = 0; i < 16; i++) await idle.send(LARGE_BYTES);
  expect(idle.stream.destroyed).toBe(false);
  await idle.send(1);
  expect(await ended).toMatchObject({ code: 'source_answer_invalid' });

  const { limit, stream, send } = connection();
  const closed = new Promise<never>((_, reject) => stream.once('close', () => reject(new Error('closed'))));
  const session = { rowLimit: limit, destroy: () => stream.destroy() };
  const looked = look(session, () => closed, 'a', undefined).catch((error: ConnectorError) => error.code);
  // More than any run may keep of one row.
  for (let i = 0; i < 128; i++) await send(LARGE_BYTES);
  expect(stream.destroyed).toBe(false);
  await send(1);
  expect(await looked).toBe('source_answer_invalid');
});
