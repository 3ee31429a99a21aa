import type { EventTable } from '../../kernel/registered.ts';

export const events = {
  'access.refused': {
    summary: 'A person was refused something',
    fields: { operation: 'public', permission: 'public', code: 'public' },
  },
} as const satisfies EventTable;
