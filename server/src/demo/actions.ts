import type { ActionTable } from '../kernel/registered.ts';

export const actions = {
  'demo:install': { summary: 'Connect the demo database and its app', roles: ['owner', 'admin'] },
} as const satisfies ActionTable;
