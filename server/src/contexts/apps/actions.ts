import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'app:list': { summary: 'See the apps that one may open', roles: ['owner', 'admin', 'builder', 'member'] },
  'app:open': {
    summary: 'Open a released app whose audience one is in',
    roles: ['owner', 'admin', 'builder', 'member'],
  },
  'app:edit': { summary: 'Make and change drafts', roles: ['owner', 'admin', 'builder'] },
  'app:publish': { summary: 'Publish a draft and roll back', roles: ['owner', 'admin', 'builder'] },
} as const satisfies ActionTable;
