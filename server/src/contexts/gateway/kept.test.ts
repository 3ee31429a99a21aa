import { expect, it } from 'vitest';
import { createKept } from './kept.ts';

it('G7 what may have changed while it was loaded is loaded again, and never used', async () => {
  const kept = createKept<{ at: number }>({ connected: true }, { max: 10, ttlMs: 60_000 });
  const loads: (() => void)[] = [];
  const load = () =>
    new Promise<{ at: number }>((resolve) => {
      const at = loads.length;
      loads.push(() => resolve({ at }));
    });
  const asked = kept.get('here/1', load);
  kept.drop((key) => key.startsWith('elsewhere/'));
  kept.drop((key) => key.startsWith('here/'));
  loads[0]?.();
  await expect.poll(() => loads.length).toBe(2);
  kept.clear();
  loads[1]?.();
  await expect.poll(() => loads.length).toBe(3);
  loads[2]?.();
  expect(await asked).toEqual({ at: 2 });
  expect(kept.get('here/1', load)).toEqual({ at: 2 });
});
