import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'policy:read': { summary: 'View policies and check who can do what', roles: ['owner', 'admin'] },
} as const satisfies ActionTable;
