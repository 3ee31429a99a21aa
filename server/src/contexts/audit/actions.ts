import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'audit:read': { summary: 'Read the audit log and check its proofs', roles: ['owner', 'admin'] },
  'audit:export': { summary: 'Export the whole audit log', roles: ['owner', 'admin'] },
  'installation-audit:read': {
    summary: 'Read the installation’s own log, in the organization that operates it',
    roles: ['owner'],
    on: 'installation',
  },
  'installation-audit:export': {
    summary: 'Export the installation’s own log, in the organization that operates it',
    roles: ['owner'],
    on: 'installation',
  },
} satisfies ActionTable;
