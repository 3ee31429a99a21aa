import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'query:run': {
    summary: 'Run the queries of released apps they have access to',
    roles: ['owner', 'admin', 'builder', 'member'],
  },
  'query:draft': {
    summary: 'Run saved draft queries outside production and see the database’s error messages',
    roles: ['owner', 'admin', 'builder'],
  },
  'constant:read': { summary: 'View constants', roles: ['owner', 'admin', 'builder'] },
  'constant:manage': { summary: 'Set and remove constants', roles: ['owner', 'admin'] },
} as const satisfies ActionTable;
