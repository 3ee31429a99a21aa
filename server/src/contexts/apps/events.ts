import type { EventTable } from '../../kernel/registered.ts';

export const events = {
  'apps.created': { summary: 'An app was created', fields: { name: 'public' } },
  'apps.generated': {
    summary: 'An app was generated from a table',
    fields: { name: 'public', source: 'public', table: 'public', queries: 'public' },
  },
  'apps.imported': {
    summary: 'An app was imported from a bundle',
    fields: { name: 'public', queries: 'public' },
  },
  'apps.exported': { summary: 'A draft was exported', fields: { version: 'public' } },
  'apps.changed': {
    summary: 'An app’s name, address or audience was changed',
    fields: { before: 'public', after: 'public' },
  },
  'apps.removed': { summary: 'An app was removed', fields: { name: 'public' } },
  'apps.draft_saved': {
    summary: 'Draft pages were saved',
    fields: { version: 'public', pages: 'public' },
  },
  'apps.query_saved': {
    summary: 'A query was compiled and saved',
    fields: { query: 'public', hash: 'public', effect: 'public', version: 'public', from: 'public' },
  },
  'apps.query_removed': {
    summary: 'A query was removed from a draft',
    fields: { query: 'public', version: 'public' },
  },
  'apps.published': {
    summary: 'A release was published',
    fields: {
      release: 'public',
      number: 'public',
      note: 'public',
      statements: 'public',
      newStatements: 'public',
      newWrites: 'public',
      newWritesInAll: 'public',
    },
  },
  'apps.rolled_back': {
    summary: 'An app was rolled back to an earlier release',
    fields: { release: 'public', number: 'public', from: 'public' },
  },
  'apps.opened': { summary: 'A released app was opened', fields: { release: 'public', number: 'public' } },
} as const satisfies EventTable;
