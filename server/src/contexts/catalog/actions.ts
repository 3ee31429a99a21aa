import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'catalog:read': {
    summary: 'View the tables and columns of data sources',
    roles: ['owner', 'admin', 'builder'],
  },
} as const satisfies ActionTable;
