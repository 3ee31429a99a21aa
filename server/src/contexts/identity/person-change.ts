import type { PersonActor, Role } from '../../kernel/actor.ts';
import type { Member } from './people.table.ts';
import { refuse } from './refusals.ts';
import { assertWithinOwnRole } from './roles.ts';

export interface PersonChange {
  readonly role?: Role | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  readonly disabled?: boolean | undefined;
}

/** The member as they will be, or the reason why not. */
export function changed(
  actor: PersonActor,
  before: Member,
  change: PersonChange,
  activeOwners: number,
): Member {
  const role = change.role ?? before.role;
  const disabled = change.disabled ?? before.disabled;
  assertWithinOwnRole(actor.role, before.role, role);
  if (disabled && !before.disabled && before.id === actor.personId) throw refuse('self_disable');
  const wasOwner = before.role === 'owner' && !before.disabled;
  const staysOwner = role === 'owner' && !disabled;
  if (wasOwner && !staysOwner && activeOwners <= 1) throw refuse('last_owner');
  return {
    ...before,
    role,
    disabled,
    groups: [...new Set(change.groups ?? before.groups)],
    attributes: { ...(change.attributes ?? before.attributes) },
  };
}
