import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'source:read': {
    summary: 'View and test data sources',
    roles: ['owner', 'admin', 'builder'],
  },
  'source:manage': { summary: 'Connect, change, pause and remove data sources', roles: ['owner', 'admin'] },
} as const satisfies ActionTable;
