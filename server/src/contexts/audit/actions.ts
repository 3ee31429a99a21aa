import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'audit:read': { summary: 'View the audit log and verify its proofs', roles: ['owner', 'admin'] },
  'audit:export': { summary: 'Export the audit log', roles: ['owner', 'admin'] },
  'installation-audit:read': {
    summary: 'View the installation’s log (operating organization only)',
    roles: ['owner'],
    on: 'installation',
  },
  'installation-audit:export': {
    summary: 'Export the installation’s log (operating organization only)',
    roles: ['owner'],
    on: 'installation',
  },
} satisfies ActionTable;
