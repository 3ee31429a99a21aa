import { expect, test } from 'vitest';
import { torture } from './torture.ts';

test('killed at random moments: nothing acknowledged is lost, nothing happens unrecorded, it comes back by itself', async () => {
  // How fast is for `npm run torture`: here other tests use the same processors.
  const report = await torture({ rounds: 3, restartWithinMs: 20_000, say: () => undefined });
  expect(report.problems).toEqual([]);
}, 180_000);
