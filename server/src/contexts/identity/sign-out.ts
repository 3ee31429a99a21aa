import type { Call } from '../../kernel/call.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Deps } from './deps.ts';
import { endSessions } from './end-sessions.ts';

export async function signOut(deps: Pick<Deps, 'db' | 'audit'>, call: Call): Promise<void> {
  const { organizationId, sessionId } = call.actor;
  await deps.db.tenant(organizationId, async (tx) => {
    await endSessions(tx, sql`id = ${sessionId}`);
    await deps.audit.record(tx, call, { event: 'identity.signed_out' });
  });
}
