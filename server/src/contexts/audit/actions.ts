import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'audit:read': { summary: 'Read the audit log and check its proofs', roles: ['owner', 'admin'] },
  'audit:export': { summary: 'Export the whole audit log', roles: ['owner', 'admin'] },
} satisfies ActionTable;
