import { expect, it } from 'vitest';
import { createKept } from './kept.ts';

/** Loads that the test ends. */
function createLoads() {
  const loads: PromiseWithResolvers<{ readonly at: number }>[] = [];
  const load = () => {
    const one = Promise.withResolvers<{ readonly at: number }>();
    loads.push(one);
    return one.promise;
  };
  return { loads, load };
}

it('G7 what may have changed while it was loaded is loaded again, and never used', async () => {
  const kept = createKept<{ at: number }>({ connected: true }, { max: 10, ttlMs: 60_000 });
  const { loads, load } = createLoads();
  const asked = kept.get('here/1', load);
  kept.drop((key) => key.startsWith('elsewhere/'));
  kept.drop((key) => key.startsWith('here/'));
  loads[0]!.resolve({ at: 0 });
  await expect.poll(() => loads.length).toBe(2);
  kept.clear();
  loads[1]!.resolve({ at: 1 });
  await expect.poll(() => loads.length).toBe(3);
  loads[2]!.resolve({ at: 2 });
  expect(await asked).toEqual({ at: 2 });
  expect(kept.get('here/1', load)).toEqual({ at: 2 });
});

it('G7 many who ask at once share one load, and who asks after a change has one of their own', async () => {
  const kept = createKept<{ at: number }>({ connected: true }, { max: 10, ttlMs: 60_000 });
  const { loads, load } = createLoads();
  const before = [kept.get('here', load), kept.get('here', load), kept.get('there', load)];
  expect(loads).toHaveLength(2);
  kept.drop((key) => key === 'here');
  const after = kept.get('here', load);
  expect(loads).toHaveLength(3);
  loads[2]!.resolve({ at: 2 });
  expect(await after).toEqual({ at: 2 });
  loads[0]!.resolve({ at: 0 });
  loads[1]!.resolve({ at: 1 });
  // Those before have what those after it found, and nobody loads again.
  expect(await Promise.all(before)).toEqual([{ at: 2 }, { at: 2 }, { at: 1 }]);
  expect(loads).toHaveLength(3);
});

it('G7 a load that fails is forgotten', async () => {
  const kept = createKept<{ at: number }>({ connected: true }, { max: 10, ttlMs: 60_000 });
  const { loads, load } = createLoads();
  const failed = [kept.get('here', load), kept.get('here', load)];
  loads[0]!.reject(new Error('away'));
  for (const one of failed) await expect(one).rejects.toThrow('away');
  const again = kept.get('here', load);
  loads[1]!.resolve({ at: 1 });
  expect(await again).toEqual({ at: 1 });
});

it('G7 while a change would not be heard nothing is kept or shared', async () => {
  const notifications = { connected: false };
  const kept = createKept<{ at: number }>(notifications, { max: 10, ttlMs: 60_000 });
  const { loads, load } = createLoads();
  const found = [kept.get('here', load), kept.get('here', load)];
  expect(loads).toHaveLength(2);
  notifications.connected = true;
  kept.clear();
  loads.forEach((one, at) => void one.resolve({ at }));
  expect(await Promise.all(found)).toEqual([{ at: 0 }, { at: 1 }]);
  expect(kept.get('here', load)).toBeInstanceOf(Promise);
});
