import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'token:create': {
    summary: 'Make API tokens that act as oneself',
    roles: ['owner', 'admin', 'builder', 'member'],
  },
  'person:read': {
    summary: 'See the people of the organization and where they are signed in',
    roles: ['owner', 'admin', 'builder'],
  },
  'person:invite': { summary: 'Invite people, up to one’s own role', roles: ['owner', 'admin'] },
  'person:change': {
    summary: 'Change roles, groups and attributes, turn people’s access off, end their sessions',
    roles: ['owner', 'admin'],
  },
  'person:reset': {
    summary: 'Give a person a link to a new password, and take off a second factor that they lost',
    roles: ['owner', 'admin'],
  },
  'organization:create': { summary: 'Make another organization', roles: ['owner'] },
  'organization:change': { summary: 'Rename the organization', roles: ['owner', 'admin'] },
} as const satisfies ActionTable;
