import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'app:list': { summary: 'See the apps they have access to', roles: ['owner', 'admin', 'builder', 'member'] },
  'app:open': {
    summary: 'Open released apps they have access to',
    roles: ['owner', 'admin', 'builder', 'member'],
  },
  'app:edit': { summary: 'Create and edit app drafts', roles: ['owner', 'admin', 'builder'] },
  'app:publish': { summary: 'Publish apps and roll back releases', roles: ['owner', 'admin', 'builder'] },
} as const satisfies ActionTable;
