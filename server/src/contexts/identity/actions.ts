import type { ActionTable } from '../../kernel/registered.ts';

export const actions = {
  'token:create': {
    summary: 'Create personal API tokens',
    roles: ['owner', 'admin', 'builder', 'member'],
  },
  'person:read': {
    summary: 'View people and their sessions',
    roles: ['owner', 'admin', 'builder'],
  },
  'person:invite': { summary: 'Invite people, up to their own role', roles: ['owner', 'admin'] },
  'person:change': {
    summary: 'Change roles, groups and attributes, turn access on or off, and end sessions',
    roles: ['owner', 'admin'],
  },
  'person:reset': {
    summary: 'Reset passwords and two-factor authentication',
    roles: ['owner', 'admin'],
  },
  'organization:create': { summary: 'Create organizations', roles: ['owner'] },
  'organization:change': { summary: 'Rename the organization', roles: ['owner', 'admin'] },
} as const satisfies ActionTable;
