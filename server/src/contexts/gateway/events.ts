import type { EventTable } from '../../kernel/registered.ts';

const run = {
  run: 'public',
  release: 'public',
  query: 'public',
  hash: 'public',
  statement: 'public',
  effect: 'public',
  source: 'public',
  environment: 'public',
  /** Salted digests, under the person's erasable part: they prove a value that one knows, and tell none. */
  arguments: 'personal',
  window: 'personal',
} as const;

export const events = {
  /** The intent: durable before a write is sent, and before the first byte of an answer that is not yet whole. */
  'gateway.begun': { summary: 'A run that writes, or returns a long result, started', fields: run },
  /** The outcome: durable before the last byte of every answer. Pairs with an intent by `run`. */
  'gateway.ran': {
    summary: 'A query ran or was refused',
    fields: {
      ...run,
      code: 'public',
      rows: 'public',
      changed: 'public',
      bytes: 'public',
      truncated: 'public',
      sourceMs: 'public',
      totalMs: 'public',
    },
  },
  'gateway.cancelled': { summary: 'A person cancelled their own run', fields: { found: 'public' } },
  'gateway.constant_set': {
    summary: 'A constant was set',
    fields: { secret: 'public', wasSecret: 'public', version: 'public' },
  },
  'gateway.constant_removed': { summary: 'A constant was removed', fields: { secret: 'public' } },
} as const satisfies EventTable;
