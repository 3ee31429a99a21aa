import type { Role } from '../../kernel/actor.ts';
import { refuse } from './refusals.ts';

const RANK: Readonly<Record<Role, number>> = { owner: 3, admin: 2, builder: 1, member: 0 };

/** I10: nobody gives, changes or takes a role above their own. */
export function assertWithinOwnRole(own: Role, ...roles: readonly Role[]): void {
  if (roles.some((role) => RANK[role] > RANK[own])) throw refuse('role_above_own');
}

/** I10, I12: who looks after people (`person:invite`, `person:reset`), and this one's role is not above theirs. */
export function mayLookAfter(own: Role, role: Role): boolean {
  return RANK[own] >= RANK.admin && RANK[role] <= RANK[own];
}
