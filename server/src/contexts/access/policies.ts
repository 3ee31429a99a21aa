import type { Role } from '../../kernel/actor.ts';
import type { ActionTable } from '../../kernel/registered.ts';

/** One policy in force. The id is what the log keeps as the reason of a decision. */
export interface Policy {
  readonly id: string;
  readonly summary: string;
  /** Cedar. */
  readonly text: string;
}

const ROLES: readonly Role[] = ['owner', 'admin', 'builder', 'member'];
/** What reaches an app's released data: for members only within its audience. */
const AUDIENCE_ACTIONS = ['app:open', 'query:run'];

/** A1: the roles are policies: one `permit` a role with every action that a context gives it in the organization; one for the
 * installation; and two that only forbid. */
export function rolePolicies(actions: ActionTable): readonly Policy[] {
  for (const action of AUDIENCE_ACTIONS) {
    // Renaming one would silently drop it from the policy that guards it.
    if (actions[action] === undefined) throw new Error(`No context defines the action ${action}.`);
  }
  const made = [...ROLES.map((role) => rolePolicy(role, actions)), operatorPolicy(actions)];
  return [...made.filter((policy) => policy !== undefined), AUDIENCE, TENANT];
}

function rolePolicy(role: Role, actions: ActionTable): Policy | undefined {
  const allowed = Object.keys(actions).filter(
    (id) => actions[id]?.on === undefined && actions[id]?.roles.includes(role),
  );
  if (allowed.length === 0) return undefined;
  return {
    id: `role.${role}`,
    summary: `What the role ${role} may do`,
    text: `@id("role.${role}")
permit (
  principal in Role::${quoted(role)},
  action in [
${listed(allowed)}
  ],
  resource
);`,
  };
}

/** A8: what is done to the installation as a whole is for the owners of the organization that set it up. */
function operatorPolicy(actions: ActionTable): Policy | undefined {
  const ids = Object.keys(actions).filter((id) => actions[id]?.on === 'installation');
  if (ids.length === 0) return undefined;
  for (const id of ids) {
    if (actions[id]?.roles.join() !== 'owner')
      throw new Error(`The action ${id} is done to the installation, which is for owners only.`);
  }
  return {
    id: 'installation.operator',
    summary: 'The owners of the organization that set the installation up operate it',
    text: `@id("installation.operator")
permit (
  principal in Role::"owner",
  action in [
${listed(ids)}
  ],
  resource is Installation
) when { resource in principal.organization };`,
  };
}

const listed = (ids: readonly string[]): string =>
  [...ids]
    .sort()
    .map((id) => `    Action::${quoted(id)}`)
    .join(',\n');

/** What keeps a member from an app that is for others. */
export const AUDIENCE: Policy = {
  id: 'app.audience',
  summary: 'A member reaches an app only when it is for everyone or for one of the member’s groups',
  text: `@id("app.audience")
forbid (
  principal in Role::"member",
  action in [${AUDIENCE_ACTIONS.map((id) => `Action::${quoted(id)}`).join(', ')}],
  resource is App
) unless {
  (resource has everyone && resource.everyone) ||
  (resource has groups && resource.groups.containsAny(principal.groups))
};`,
};

const TENANT: Policy = {
  id: 'organization.boundary',
  summary: 'Nobody reaches what belongs to another organization than the one they act in',
  text: `@id("organization.boundary")
forbid (principal, action, resource)
unless { resource in principal.organization };`,
};

/** A Cedar string literal. Ids are our own words; anything else stops the boot. */
function quoted(id: string): string {
  if (!/^[a-z][a-z-]*(:[a-z-]+)?$/.test(id)) throw new Error(`Not an action or role id: ${id}`);
  return `"${id}"`;
}
