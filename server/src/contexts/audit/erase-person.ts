import type { AnyCall } from '../../kernel/call.ts';
import type { PersonId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import type { AuditEntry } from './entry.ts';

/**
 * Erases what the log knows of a person beside an id: the openings of the records that the person made or was the target
 * of. Leaves keep their commitments, whose keys are gone with the openings, so every proof stays valid. The transaction
 * must be a system transaction: no other may change a record, and this one column only.
 */
export async function erasePerson(
  deps: { record(tx: Tx, call: AnyCall, entry: AuditEntry): Promise<void> },
  tx: Tx,
  call: AnyCall,
  personId: PersonId,
): Promise<number> {
  const records = await emptyOpenings(tx, personId);
  await deps.record(tx, call, {
    event: 'audit.erased',
    target: { kind: 'person', id: personId },
    data: { records },
  });
  // Who erases themselves leaves no trace but the id in this last record either.
  if (call.actor.kind === 'person' && call.actor.personId === personId) await emptyOpenings(tx, personId);
  return records;
}

function emptyOpenings(tx: Tx, personId: PersonId): Promise<number> {
  return tx.run(
    sql`update audit_records set opening = null
      where (actor_id = ${personId} or target_id = ${personId}::text) and opening is not null`,
  );
}
