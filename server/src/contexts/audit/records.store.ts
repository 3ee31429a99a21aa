import type { Tx } from '../../platform/db/db.ts';
import type { Session } from '../../platform/db/session.ts';
import { sql } from '../../platform/db/sql.ts';
import type { RecordRow } from './leaf.ts';

/** In the caller's transaction. */
export async function insertRecord(tx: Tx, row: RecordRow): Promise<void> {
  await tx.run(insertOne(row));
}

/** In a transaction of its own, durable when it resolves. */
export async function insertRecords(session: Session, rows: readonly RecordRow[]): Promise<void> {
  const [first] = rows;
  if (rows.length === 1 && first !== undefined) {
    await session.run(insertOne(first));
    return;
  }
  await session.run(
    sql`insert into audit_records (id, organization_id, event, outcome, actor_id, target_id, leaf, opening)
      select * from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.organization)}::uuid[],
        ${rows.map((r) => r.event)}::text[], ${rows.map((r) => r.outcome)}::text[],
        ${rows.map((r) => r.actorId)}::uuid[], ${rows.map((r) => r.targetId)}::text[],
        ${rows.map((r) => r.leaf)}::text[], ${rows.map((r) => r.opening)}::text[])`.named(
      'audit_records_insert',
    ),
  );
}

function insertOne(row: RecordRow) {
  return sql`insert into audit_records (id, organization_id, event, outcome, actor_id, target_id, leaf, opening)
    values (${row.id}, ${row.organization}, ${row.event}, ${row.outcome}, ${row.actorId}, ${row.targetId},
      ${row.leaf}, ${row.opening})`.named('audit_record_insert');
}
