import type { SqlQuery } from '@sallyport/contract';

/** A document with defaults around a text, for tests and tools that have no more. */
export const sqlDocument = (text: string, more: Partial<SqlQuery> = {}): SqlQuery => ({
  kind: 'sql',
  source: 'orders',
  arguments: {},
  maxRows: 10_000,
  timeoutMs: 10_000,
  run: 'manual',
  choices: {},
  windowed: false,
  text,
  ...more,
});
