import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'vault:read': { summary: 'See which keys seal what', roles: ['owner', 'admin'] },
  'vault:rotate': { summary: 'Rotate the data key', roles: ['owner', 'admin'] },
} satisfies ActionTable;
