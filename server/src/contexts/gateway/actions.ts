import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'query:run': {
    summary: 'Run the queries of a released app whose audience one is in',
    roles: ['owner', 'admin', 'builder', 'member'],
  },
  'query:draft': {
    summary: 'Run the saved queries of a draft, outside production, and see a database’s own messages',
    roles: ['owner', 'admin', 'builder'],
  },
  'constant:read': { summary: 'See the constants of the organization', roles: ['owner', 'admin', 'builder'] },
  'constant:manage': { summary: 'Set and remove constants', roles: ['owner', 'admin'] },
} as const satisfies ActionTable;
