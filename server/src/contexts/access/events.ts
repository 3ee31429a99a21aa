import type { EventTable } from '../../kernel/registered.ts';

export const events = {
  'access.refused': {
    summary: 'A person was denied access',
    fields: { operation: 'public', permission: 'public', code: 'public' },
  },
  'access.refused_often': {
    summary: 'A person was denied access so often that further refusals were only counted',
    fields: { count: 'public', since: 'public', operations: 'public' },
  },
} as const satisfies EventTable;
