import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'policy:read': { summary: 'Read the policies and ask why something is allowed', roles: ['owner', 'admin'] },
} as const satisfies ActionTable;
