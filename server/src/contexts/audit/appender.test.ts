import { expect, it } from 'vitest';
import { createAppender } from './appender.ts';
import type { RecordRow } from './leaf.ts';

const row = {} as RecordRow;

it('A3 beyond so many that wait a record is refused at once, and so is what asked for it', async () => {
  const append = createAppender(() => new Promise(() => undefined));
  // The first batch is being written for good; these wait behind it.
  void append(row);
  await new Promise((resolve) => setImmediate(resolve));
  for (let i = 0; i < 20_000; i++) void append(row);
  await expect(append(row)).rejects.toMatchObject({ code: 'audit_unavailable' });
});
