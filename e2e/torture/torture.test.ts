import { expect, test } from 'vitest';
import { torture } from './torture.ts';

test('killed at random moments: nothing acknowledged is lost, nothing happens unrecorded, it is back in 3 s', async () => {
  const report = await torture({ rounds: 3, say: () => undefined });
  expect(report.problems).toEqual([]);
}, 180_000);
