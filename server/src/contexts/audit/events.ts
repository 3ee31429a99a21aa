import type { EventTable } from '../../kernel/registered.ts';

export const events = {
  'audit.resumed': {
    summary: 'The log is available again after an interruption in which nothing could be done',
    fields: { since: 'public' },
  },
  'audit.rolled_back': {
    summary: 'The database was put back to an earlier state, and records after it were lost',
    fields: { size: 'public', signedAt: 'public' },
  },
  'audit.exported': {
    summary: 'The log was exported',
    fields: { size: 'public' },
  },
  'audit.erased': {
    summary: 'The personal fields of a person were erased from the log',
    fields: { records: 'public' },
  },
} satisfies EventTable;
