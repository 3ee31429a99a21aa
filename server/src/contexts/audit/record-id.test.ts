import { expect, test } from 'vitest';
import { createRecordIds } from './record-id.ts';

test('A8 ids rise within a millisecond, past its count, and when the clock is set back', () => {
  const next = createRecordIds();
  const now = Date.UTC(2026, 10, 22);
  const ids = [
    ...Array.from({ length: 5_000 }, () => next(now)),
    next(now - 1_000),
    ...Array.from({ length: 10 }, (_, i) => next(now + 10 * i)),
  ];
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
