import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'vault:read': { summary: 'See which keys seal what', roles: ['owner', 'admin'] },
  'vault:rotate': { summary: 'Rotate the data key', roles: ['owner', 'admin'] },
  'installation-vault:read': {
    summary:
      'See which keys seal what belongs to no organization, in the organization that operates the server',
    roles: ['owner'],
    on: 'installation',
  },
  'installation-vault:rotate': {
    summary: 'Rotate the installation’s data key, in the organization that operates the server',
    roles: ['owner'],
    on: 'installation',
  },
} satisfies ActionTable;
