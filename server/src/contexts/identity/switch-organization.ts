import type { Call } from '../../kernel/call.ts';
import type { OrganizationId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db/sql.ts';
import { refuse as httpRefuse } from '../../platform/http/refusals.ts';
import { lockEpoch, lockMembership } from './accounts.store.ts';
import type { Deps } from './deps.ts';
import { endSessions } from './end-sessions.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { refuse } from './refusals.ts';

/**
 * Goes on in another organization: a new session with the old one's end, and the old one ends. So a session never
 * changes its organization, and ending all sessions in one leaves the other's alone. Both logs tell of it, neither of
 * the other.
 */
export async function switchOrganization(
  deps: Pick<Deps, 'db' | 'audit' | 'clock' | 'limits'>,
  call: Call,
  input: { organizationId: string },
): Promise<OpenedSession> {
  const { actor } = call;
  const organizationId = input.organizationId as OrganizationId;
  if (actor.via !== 'session') throw refuse('session_required');
  return deps.db.system('a person leaves one organization for another', async (tx) => {
    const epoch = await lockEpoch(tx, actor.personId);
    const current = await tx.maybe<{ expires_at: Date }>(
      sql`select expires_at from sessions where id = ${actor.sessionId} and epoch = ${epoch}`,
    );
    // Ended since it was admitted, as by the same switch a moment ago: answered like whatever comes later.
    if (current === undefined || epoch === undefined) throw httpRefuse('sign_in_required');
    const membership = await lockMembership(tx, organizationId, actor.personId);
    if (membership === undefined || membership.disabled) throw refuse('organization_not_found');
    const opened = await openSession(deps, tx, call, {
      person: { id: actor.personId, email: actor.email, name: actor.name, epoch },
      organizationId,
      expiresAt: current.expires_at.getTime(),
    });
    await endSessions(tx, sql`id = ${actor.sessionId}`);
    const event = 'identity.organization_switched';
    await deps.audit.record(tx, call, { event, data: { direction: 'left' } });
    await deps.audit.record(tx, opened.call, { event, data: { direction: 'entered' } });
    return opened;
  });
}
