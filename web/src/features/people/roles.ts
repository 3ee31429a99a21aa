import type { RoleName } from '@sallyport/contract';

export const roleNames: Record<RoleName, string> = {
  owner: 'Owner',
  admin: 'Admin',
  builder: 'Builder',
  member: 'Member',
};

const ladder: readonly RoleName[] = ['member', 'builder', 'admin', 'owner'];

/** The roles that somebody may give: none above their own. */
export const rolesUpTo = (own: RoleName): readonly RoleName[] => ladder.slice(0, ladder.indexOf(own) + 1);
