import type { SessionRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Deps } from './deps.ts';
import { endSessions } from './end-sessions.ts';
import { refuse } from './refusals.ts';
import { sessionRow } from './session-row.ts';
import { listSessions } from './sessions.store.ts';

/** Of every organization: a person's own browsers and tokens are theirs to see and to end. */
const WHY = 'a person’s own sessions, in all of their organizations';

export async function listMySessions(
  deps: Pick<Deps, 'db' | 'clock' | 'limits'>,
  call: Call,
): Promise<SessionRow[]> {
  const { personId, sessionId } = call.actor;
  const rows = await deps.db.system(WHY, (tx) => listSessions(tx, personId, deps.clock.now(), deps.limits));
  return rows.map((row) => sessionRow(row, sessionId));
}

export async function revokeMySession(
  deps: Pick<Deps, 'db' | 'audit'>,
  call: Call,
  id: string,
): Promise<void> {
  await deps.db.system(WHY, async (tx) => {
    const found = await tx.maybe<{ kind: string }>(
      sql`select kind from sessions where id = ${id} and person_id = ${call.actor.personId} for update`,
    );
    if (found === undefined) throw refuse('session_not_found');
    await endSessions(tx, sql`id = ${id}`);
    await deps.audit.record(tx, call, {
      event: 'identity.session_revoked',
      target: { kind: 'session', id },
      data: { kind: found.kind },
    });
  });
}
