import type { PersonRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { PersonId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Deps } from './deps.ts';
import { endSessions } from './end-sessions.ts';
import { findMember, lockMemberships, updateMembership } from './people.store.ts';
import { changed, type PersonChange } from './person-change.ts';
import { personRow } from './person-row.ts';
import { refuse } from './refusals.ts';
import { announce } from './revocations.ts';
import { mayLookAfter } from './roles.ts';

/** What changes holds from the next request on, everywhere; turning a person off ends what is under way too (I7). */
export async function changePerson(
  deps: Pick<Deps, 'db' | 'audit'>,
  call: Call,
  id: string,
  change: PersonChange,
): Promise<PersonRow> {
  const personId = id as PersonId;
  return deps.db.tenant(call.actor.organizationId, async (tx) => {
    const { activeOwners } = await lockMemberships(tx, personId, call.actor.personId);
    const before = await findMember(tx, personId);
    if (before === undefined) throw refuse('person_not_found');
    // As they are now: of two who take each other's role at once, the second has none to take it by.
    const own = await findMember(tx, call.actor.personId);
    if (own === undefined || own.disabled || !mayLookAfter(own.role, before.role))
      throw refuse('role_above_own');
    const after = changed({ ...call.actor, role: own.role }, before, change, activeOwners);
    await updateMembership(tx, after);
    const sessions = after.disabled ? await endSessions(tx, sql`person_id = ${personId}`) : 0;
    await announce(tx, { kind: 'changed', organization: call.actor.organizationId });
    await deps.audit.record(tx, call, {
      event: 'identity.person_changed',
      target: { kind: 'person', id, name: before.email },
      data: {
        ...(change.role !== undefined && { role: after.role }),
        ...(change.groups !== undefined && { groups: after.groups }),
        ...(change.attributes !== undefined && { attributes: after.attributes }),
        ...(change.disabled !== undefined && { disabled: after.disabled, sessions }),
      },
    });
    return personRow(after);
  });
}
