import type { PersonSessionRow, SessionRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { PersonId } from '../../kernel/ids.ts';
import { type Page, type PageAsked, pageOf } from '../../kernel/page.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Deps } from './deps.ts';
import { endSessions } from './end-sessions.ts';
import { findMember, lockMemberships } from './people.store.ts';
import { refuse } from './refusals.ts';
import { assertWithinOwnRole } from './roles.ts';
import { sessionRow } from './session-row.ts';
import { listEverybodysSessions, listSessions } from './sessions.store.ts';

/** Where a person is signed in, in this organization. */
export async function listPersonSessions(
  deps: Pick<Deps, 'db' | 'clock' | 'limits'>,
  call: Call,
  id: string,
): Promise<SessionRow[]> {
  const personId = id as PersonId;
  return deps.db.tenant(call.actor.organizationId, async (tx) => {
    if ((await findMember(tx, personId)) === undefined) throw refuse('person_not_found');
    const rows = await listSessions(tx, personId, deps.clock.now(), deps.limits);
    return rows.map((row) => sessionRow(row, call.actor.sessionId));
  });
}

/** Who is signed in to this organization. */
export async function listOrganizationSessions(
  deps: Pick<Deps, 'db' | 'clock' | 'limits'>,
  call: Call,
  { cursor, limit }: PageAsked,
): Promise<Page<PersonSessionRow>> {
  const rows = await deps.db.tenant(call.actor.organizationId, (tx) =>
    listEverybodysSessions(tx, { cursor, limit: limit + 1 }, deps.clock.now(), deps.limits),
  );
  const shown = rows.map((row) => ({
    ...sessionRow(row, call.actor.sessionId),
    person: { id: row.person_id, name: row.name, email: row.email },
  }));
  return pageOf(shown, limit, ({ id }) => id);
}

/** Ends every session and token of a person in this organization. They may sign in again. */
export async function revokePersonSessions(
  deps: Pick<Deps, 'db' | 'audit'>,
  call: Call,
  id: string,
): Promise<void> {
  const personId = id as PersonId;
  await deps.db.tenant(call.actor.organizationId, async (tx) => {
    // What is being made for them waits, and then finds its maker gone; or it is there by now, and ends too.
    await lockMemberships(tx, personId);
    const person = await findMember(tx, personId);
    if (person === undefined) throw refuse('person_not_found');
    assertWithinOwnRole(call.actor.role, person.role);
    const sessions = await endSessions(tx, sql`person_id = ${personId}`);
    await deps.audit.record(tx, call, {
      event: 'identity.sessions_revoked',
      target: { kind: 'person', id, name: person.email },
      data: { sessions },
    });
  });
}
