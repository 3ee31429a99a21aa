import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'vault:read': { summary: 'View encryption keys', roles: ['owner', 'admin'] },
  'vault:rotate': { summary: 'Rotate the data key', roles: ['owner', 'admin'] },
  'installation-vault:read': {
    summary: 'View the installation’s encryption keys (operating organization only)',
    roles: ['owner'],
    on: 'installation',
  },
  'installation-vault:rotate': {
    summary: 'Rotate the installation’s data key (operating organization only)',
    roles: ['owner'],
    on: 'installation',
  },
} satisfies ActionTable;
