import type { EventTable } from '../../kernel/registered.ts';

export const events = {
  'access.refused': {
    summary: 'A person was refused something',
    fields: { operation: 'public', permission: 'public', code: 'public' },
  },
  'access.refused_often': {
    summary:
      'A person was refused so often that not every time was recorded: how often beside those that were',
    fields: { count: 'public', since: 'public', operations: 'public' },
  },
} as const satisfies EventTable;
