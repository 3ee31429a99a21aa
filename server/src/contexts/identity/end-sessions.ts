import type { PersonId, SessionId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { type Sql, sql } from '../../platform/db/sql.ts';
import { raiseEpoch } from './accounts.store.ts';
import { announce } from './revocations.ts';
import { deleteSessions } from './sessions.store.ts';

/** Ends what the condition names, on every node when this transaction commits; answers how many. */
export async function endSessions(tx: Tx, where: Sql): Promise<number> {
  const ended = await deleteSessions(tx, where);
  if (ended.length > 0) await announce(tx, { kind: 'ended', sessions: ended });
  return ended.length;
}

/** I6: after a change of credentials every session and token of the person ends but the one that made the change. */
export async function endOtherSessions(tx: Tx, person: PersonId, kept: SessionId): Promise<number> {
  const epoch = await raiseEpoch(tx, person);
  // Also when another token made it, which ends now.
  await tx.run(
    sql`update sessions set epoch = ${epoch}, made_by = null where id = ${kept} and person_id = ${person}`,
  );
  return endSessions(tx, sql`person_id = ${person} and epoch < ${epoch}`);
}
