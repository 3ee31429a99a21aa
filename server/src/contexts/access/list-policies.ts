import type { Role } from '../../kernel/actor.ts';
import type { ActionTable } from '../../kernel/registered.ts';
import type { Policy } from './policies.ts';

export interface PolicyList {
  policies: Policy[];
  actions: { id: string; summary: string; roles: Role[] }[];
}

export function listPolicies(policies: readonly Policy[], actions: ActionTable): PolicyList {
  return {
    policies: policies.map(({ id, summary, text }) => ({ id, summary, text })),
    actions: Object.entries(actions)
      .map(([id, { summary, roles }]) => ({ id, summary, roles: [...roles] }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
