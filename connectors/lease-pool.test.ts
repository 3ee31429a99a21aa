import { expect, it, vi } from 'vitest';
import { LeasePool } from './lease-pool.ts';

interface Thing {
  readonly n: number;
}

function make(
  more: {
    max?: number;
    maxEach?: number;
    waitMs?: number;
    idleMs?: number;
    maxWaiting?: number;
    maxWaitingEach?: number;
    fail?: () => boolean;
    scarce?: () => void;
    ask?: (thing: Thing) => Promise<unknown>;
  } = {},
) {
  let opened = 0;
  const discarded: number[] = [];
  const pool = new LeasePool<Thing>({
    max: more.max ?? 2,
    maxEach: more.maxEach ?? 2,
    maxWaiting: more.maxWaiting ?? 10,
    maxWaitingEach: more.maxWaitingEach ?? 10,
    waitMs: more.waitMs ?? 200,
    idleMs: more.idleMs ?? 60_000,
    open: async () => {
      await Promise.resolve();
      if (more.fail?.() === true) throw new Error('no');
      opened += 1;
      return { n: opened };
    },
    discard: (thing) => void discarded.push(thing.n),
    ...(more.scarce === undefined ? {} : { scarce: more.scarce }),
    ...(more.ask === undefined ? {} : { ask: more.ask }),
  });
  return { pool, discarded, opened: () => opened };
}

it('lends one connection to one run at a time, and never opens more than its bound', async () => {
  const { pool, opened } = make();
  const lent = new Set<Thing>();
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      const thing = await pool.acquire();
      expect(lent.has(thing)).toBe(false);
      lent.add(thing);
      await new Promise((resolve) => setTimeout(resolve, 5));
      lent.delete(thing);
      pool.release(thing, true);
    }),
  );
  expect(opened()).toBe(2);
});

it('an unclean connection is ended, and a waiter gets a new one', async () => {
  const { pool, discarded } = make({ max: 1 });
  const first = await pool.acquire();
  const second = pool.acquire();
  pool.release(first, false);
  expect((await second).n).toBe(2);
  expect(discarded).toEqual([1]);
});

it('one that ended while it was idle is lent to nobody', async () => {
  const { pool, discarded } = make();
  const [first, second] = [await pool.acquire(), await pool.acquire()];
  for (const thing of [first, second]) pool.release(thing, true);
  pool.remove(second);
  expect([await pool.acquire(), (await pool.acquire()).n]).toEqual([first, 3]);
  expect(discarded).toEqual([2]);
});

it('who asks for a fresh one gets no idle one, which makes room for it', async () => {
  const { pool, discarded } = make({ max: 1 });
  const first = await pool.acquire();
  pool.release(first, true);
  expect((await pool.acquire(undefined, true)).n).toBe(2);
  expect(discarded).toEqual([1]);
});

it('who has left by then takes nothing', async () => {
  const { pool, opened } = make({ max: 1 });
  await expect(pool.acquire(AbortSignal.abort())).rejects.toMatchObject({ code: 'run_cancelled' });
  expect(opened()).toBe(0);
  const first = await pool.acquire();
  pool.release(first, true);
  await expect(pool.acquire(AbortSignal.abort())).rejects.toMatchObject({ code: 'run_cancelled' });
  expect(await pool.acquire()).toBe(first);
});

it('waiting is bounded in time and in number, and ends with an abort', async () => {
  const { pool } = make({ max: 1, waitMs: 30, maxWaiting: 2 });
  const held = await pool.acquire();
  const stop = new AbortController();
  const waiting = [pool.acquire(), pool.acquire(stop.signal)];
  await expect(pool.acquire()).rejects.toMatchObject({ code: 'source_busy' });
  stop.abort();
  await expect(waiting[1]).rejects.toMatchObject({ code: 'run_cancelled' });
  await expect(waiting[0]).rejects.toMatchObject({ code: 'source_busy' });
  pool.release(held, true);
  expect(await pool.acquire()).toBe(held);
});

it('a connection that could not be opened leaves its place to the next that waits', async () => {
  let failures = 1;
  const { pool } = make({ max: 1, fail: () => failures-- > 0 });
  const [first, second] = [pool.acquire(), pool.acquire()];
  await expect(first).rejects.toThrow('no');
  expect((await second).n).toBe(1);
});

it('a source that allows fewer than the bound costs time and no run, and says why when none comes free', async () => {
  let allowed = 2;
  const { pool, opened } = make({ max: 4, waitMs: 30, fail: () => allowed-- <= 0 });
  const lent = [await pool.acquire(), await pool.acquire()];
  const third = pool.acquire();
  await new Promise((resolve) => setTimeout(resolve, 5));
  pool.release(lent[0] as Thing, true);
  expect(await third).toBe(lent[0]);
  await expect(pool.acquire()).rejects.toThrow('no');
  expect(opened()).toBe(2);
  // It is not asked again at once: asked once for the third, and not for the fourth.
  expect(allowed).toBe(-1);
});

it('who waits is served as soon as the source opens more again, though nobody else comes or gives back', async () => {
  vi.useFakeTimers();
  try {
    let full = false;
    const { pool } = make({ max: 2, waitMs: 10_000, fail: () => full });
    const held = await pool.acquire();
    full = true;
    const [second, third] = [pool.acquire(), pool.acquire()];
    await vi.advanceTimersByTimeAsync(2_500);
    full = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await second).n).toBe(2);
    pool.release(held, true);
    expect(await third).toBe(held);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

it('a source that lets none of many in at once is asked for one, and refuses as many as it would not let in', async () => {
  let knocking = 0;
  let closed = false;
  const pool = new LeasePool<Thing>({
    max: 5,
    maxEach: 5,
    maxWaiting: 10,
    maxWaitingEach: 100,
    waitMs: 1_000,
    idleMs: 60_000,
    open: async () => {
      knocking += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      const many = knocking > 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      knocking -= 1;
      if (many || closed) throw new Error('no');
      return { n: 1 };
    },
    discard: () => undefined,
  });
  const work = async () => {
    const thing = await pool.acquire();
    pool.release(thing, true);
    return thing;
  };
  expect(new Set(await Promise.all(Array.from({ length: 8 }, work))).size).toBe(1);
  closed = true;
  pool.remove(await pool.acquire());
  const all = await Promise.allSettled(Array.from({ length: 8 }, work));
  expect(all.map((one) => one.status)).toEqual(all.map(() => 'rejected'));
});

it('after one that could not be opened, twice as many are tried at once after each that could, until all are again', async () => {
  vi.useFakeTimers();
  try {
    let down = true;
    let opening = 0;
    const pool = new LeasePool<Thing>({
      max: 8,
      maxEach: 8,
      maxWaiting: 10,
      maxWaitingEach: 100,
      waitMs: 1_000,
      idleMs: 60_000,
      open: async () => {
        opening += 1;
        await new Promise((resolve) => setTimeout(resolve, 10));
        opening -= 1;
        if (down) throw new Error('no');
        return { n: 1 };
      },
      discard: () => undefined,
    });
    const refused = pool.acquire().catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(10);
    expect(await refused).toBe('no');
    down = false;
    const seen: number[] = [];
    for (let burst = 0; burst < 2; burst += 1) {
      const all = Array.from({ length: 8 }, () => pool.acquire());
      for (let opened = 0; opened < 8; ) {
        seen.push(opening);
        await vi.advanceTimersByTimeAsync(10);
        opened += seen.at(-1)!;
      }
      for (const thing of await Promise.all(all)) pool.remove(thing);
    }
    expect(seen).toEqual([1, 2, 5, 8]);
  } finally {
    vi.useRealTimers();
  }
});

it('who waits for one that opens slowly gets one that became free, and the slow one serves the next', async () => {
  let open = () => undefined as void;
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  let count = 0;
  const pool = new LeasePool<Thing>({
    max: 2,
    maxEach: 2,
    maxWaiting: 10,
    maxWaitingEach: 100,
    waitMs: 1_000,
    idleMs: 60_000,
    open: async () => {
      count += 1;
      const n = count;
      if (n === 2) await opening;
      return { n };
    },
    discard: () => undefined,
  });
  const first = await pool.acquire();
  const waiting = pool.acquire();
  pool.release(first, true);
  expect(await waiting).toBe(first);
  open();
  expect((await pool.acquire()).n).toBe(2);
});

it('ends what nobody has wanted for so long, each by its own time, and nothing that is lent', async () => {
  const { pool, discarded, opened } = make({ max: 3, idleMs: 30 });
  const [first, second, third] = [await pool.acquire(), await pool.acquire(), await pool.acquire()];
  pool.release(first, true);
  await new Promise((resolve) => setTimeout(resolve, 15));
  pool.release(second, true);
  await vi.waitFor(() => expect(discarded).toEqual([1, 2]));
  pool.release(third, true);
  expect(await pool.acquire()).toBe(third);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(discarded).toEqual([1, 2]);
  pool.release(third, true);
  await vi.waitFor(() => expect(discarded).toEqual([1, 2, 3]));
  expect(opened()).toBe(3);
});

it('what is due by the time that it is looked at ends, and the engine has nothing to say of the timer', async () => {
  const warned = vi.fn();
  process.on('warning', warned);
  const { pool, discarded } = make({ idleMs: 0 });
  pool.release(await pool.acquire(), true);
  await vi.waitFor(() => expect(discarded).toEqual([1]));
  process.off('warning', warned);
  expect(warned).not.toHaveBeenCalled();
});

it('closing ends what is idle, refuses who waits, and ends what is lent when it comes back', async () => {
  const { pool, discarded } = make();
  const [idle, lent] = [await pool.acquire(), await pool.acquire()];
  const waiting = pool.acquire();
  pool.release(idle, true);
  expect(await waiting).toBe(idle);
  pool.release(idle, true);
  pool.close();
  expect(discarded).toEqual([1]);
  pool.release(lent, true);
  expect(discarded).toEqual([1, 2]);
  await expect(pool.acquire()).rejects.toMatchObject({ code: 'run_cancelled' });
});

it('G6 one holder never has all of them, and goes on when theirs come back, clean or not', async () => {
  const { pool, opened } = make({ max: 3, maxEach: 2 });
  const ada = () => pool.acquire(undefined, false, 'ada');
  const [first, second] = [await ada(), await ada()];
  const waiting = [ada(), ada(), ada()];
  // Free, and for others.
  const other = await pool.acquire(undefined, false, 'ben');
  pool.release(other, true);
  expect(await pool.acquire()).toBe(other);
  pool.release(other, true);
  expect(opened()).toBe(3);
  pool.release(first, true);
  expect(await waiting[0]).toBe(first);
  pool.release(second, false);
  expect(await waiting[1]).toBe(other);
  pool.remove(first);
  expect((await waiting[2])?.n).toBe(4);
});

it('G6 one holder does not take every place of those who wait', async () => {
  const { pool } = make({ max: 1, maxWaiting: 3, maxWaitingEach: 2 });
  const held = await pool.acquire();
  const waiting = [0, 1].map(() => pool.acquire(undefined, false, 'ada'));
  await expect(pool.acquire(undefined, false, 'ada')).rejects.toMatchObject({ code: 'source_busy' });
  const other = pool.acquire(undefined, false, 'ben');
  for (const one of [...waiting, other]) {
    pool.release(held, true);
    expect(await one).toBe(held);
  }
});

it('G6 what becomes free goes to whoever holds fewest, and among those to who came first', async () => {
  const { pool } = make({ max: 4, maxEach: 3, maxWaiting: 20, waitMs: 60_000 });
  const things = [];
  for (const holder of ['ada', 'ada', 'ada', 'bob'])
    things.push(await pool.acquire(undefined, false, holder));
  const served: (string | undefined)[] = [];
  const waiting = ['ada', 'bob', 'bob', 'cem', undefined, 'cem', 'dan'].map((holder) =>
    pool.acquire(undefined, false, holder).then((thing) => {
      served.push(holder);
      return thing;
    }),
  );
  // Two of Ada's, and she still has one; with her third she has none, as Dan, and came before him.
  for (const thing of things) {
    pool.release(thing, true);
    await new Promise(setImmediate);
  }
  expect(served).toEqual(['cem', undefined, 'ada', 'bob']);
  pool.close();
  await Promise.allSettled(waiting);
});

it('G6 a connection that could not be opened is held by nobody', async () => {
  let failing = true;
  const { pool } = make({ max: 3, maxEach: 1, fail: () => failing });
  await expect(pool.acquire(undefined, false, 'ada')).rejects.toThrow('no');
  failing = false;
  await pool.acquire(undefined, false, 'ada');
});

it('G6 a connection that ends before it is lent, or while it is, is held by nobody', async () => {
  let n = 0;
  const pool: LeasePool<Thing> = new LeasePool<Thing>({
    max: 3,
    maxEach: 1,
    maxWaiting: 10,
    maxWaitingEach: 100,
    waitMs: 1_000,
    idleMs: 60_000,
    open: async () => {
      n += 1;
      const thing = { n };
      // The first two end as soon as they are there.
      if (n <= 2) void Promise.resolve().then(() => Promise.resolve().then(() => pool.remove(thing)));
      return thing;
    },
    discard: () => undefined,
  });
  for (const fresh of [false, true, false]) {
    const thing = await pool.acquire(undefined, fresh, 'ada');
    pool.remove(thing);
    pool.release(thing, true);
  }
  expect((await pool.acquire(undefined, false, 'ada')).n).toBeGreaterThan(2);
});

it('who has waited for half of their time may be made way for, unless it is their own that they wait for', async () => {
  vi.useFakeTimers();
  try {
    const made: string[] = [];
    const { pool } = make({ max: 3, maxEach: 2, scarce: () => made.push('way') });
    const [first] = await Promise.all(
      ['ada', 'ada', 'ben'].map((one) => pool.acquire(undefined, false, one)),
    );
    const own = pool.acquire(undefined, false, 'ada').catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(150);
    expect(made).toEqual([]);
    const other = pool.acquire(undefined, false, 'eve');
    await vi.advanceTimersByTimeAsync(100);
    expect(made).toEqual(['way']);
    pool.release(first as Thing, true);
    await expect(own).resolves.toMatchObject({ code: 'source_busy' });
    expect(await other).toBe(first);
  } finally {
    vi.useRealTimers();
  }
});

it('a closed pool opens nothing, and what was being opened when it closed is ended', async () => {
  const { pool, discarded, opened } = make();
  const coming = pool.acquire(undefined, true);
  pool.close();
  await expect(coming).rejects.toMatchObject({ code: 'run_cancelled' });
  expect(discarded).toEqual([1]);
  await expect(pool.acquire()).rejects.toMatchObject({ code: 'run_cancelled' });
  expect(opened()).toBe(1);
});

it('one that was idle for long is asked before it is lent, and takes along those that were idle for longer', async () => {
  vi.useFakeTimers();
  try {
    const asked: number[] = [];
    let silent = false;
    const { pool, discarded } = make({
      max: 4,
      maxEach: 4,
      ask: async ({ n }) => {
        asked.push(n);
        if (silent) await new Promise(() => undefined);
      },
    });
    const [first, second] = [await pool.acquire(), await pool.acquire()];
    pool.release(first, true);
    pool.release(second, true);
    await vi.advanceTimersByTimeAsync(4_999);
    // Not of those that follow each other sooner.
    expect(await pool.acquire()).toBe(second);
    pool.release(second, true);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await pool.acquire()).toBe(second);
    expect(asked).toEqual([2]);
    pool.release(second, true);

    silent = true;
    await vi.advanceTimersByTimeAsync(5_000);
    const late = pool.acquire();
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await late).n).toBe(3);
    expect(discarded).toEqual([2, 1]);
    expect(asked).toEqual([2, 2]);
  } finally {
    vi.useRealTimers();
  }
});

it('after a run that got no answer, what is idle is asked; an abort or a closed pool ends the asking', async () => {
  let ask: () => Promise<unknown> = async () => undefined;
  const { pool, discarded } = make({ ask: () => ask() });
  const thing = await pool.acquire();
  pool.release(thing, true);
  pool.doubtIdle();
  let asked = 0;
  ask = async () => {
    asked += 1;
  };
  expect(await pool.acquire()).toBe(thing);
  expect(asked).toBe(1);
  pool.release(thing, true);
  expect(await pool.acquire()).toBe(thing);
  expect(asked).toBe(1);
  pool.release(thing, true);

  ask = () => new Promise(() => undefined);
  pool.doubtIdle();
  const stop = new AbortController();
  const aborted = pool.acquire(stop.signal);
  stop.abort();
  await expect(aborted).rejects.toMatchObject({ code: 'run_cancelled' });
  expect(discarded).toEqual([1]);
  pool.release(await pool.acquire(), true);
  pool.doubtIdle();
  const closed = pool.acquire();
  pool.close();
  await expect(closed).rejects.toMatchObject({ code: 'run_cancelled' });
  expect(discarded).toEqual([1, 2]);
});

it('nobody left waiting gets one that may be gone while another can be opened', async () => {
  const { pool } = make({ max: 3, maxEach: 1, ask: async () => undefined });
  const held = await pool.acquire(undefined, false, 'ada');
  const other = await pool.acquire();
  const waiting = pool.acquire(undefined, false, 'ada');
  pool.release(other, true);
  pool.doubtIdle();
  pool.remove(held);
  expect((await waiting).n).toBe(3);
});
