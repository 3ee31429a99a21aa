import type { Tx } from '../../platform/db/db.ts';
import type { Session } from '../../platform/db/session.ts';
import { join, Sql, sql } from '../../platform/db/sql.ts';
import type { RecordRow } from './leaf.ts';

/** In the caller's transaction. */
export async function insertRecord(tx: Tx, row: RecordRow): Promise<void> {
  await tx.run(insertListed([row]));
}

/** Up to so many rows go as plain values, under a prepared statement for each number: arrays cost more to write and read. */
const LISTED = 32;

/** In a transaction of its own, durable when it resolves. */
export async function insertRecords(session: Session, rows: readonly RecordRow[]): Promise<void> {
  await session.run(rows.length <= LISTED ? insertListed(rows) : insertArrays(rows));
}

const listed = new Map<number, readonly string[]>();

function insertListed(rows: readonly RecordRow[]): Sql {
  const segments = listed.get(rows.length) ?? segmentsFor(rows.length);
  listed.set(rows.length, segments);
  const values = rows.flatMap((r) => [
    r.id,
    r.organization,
    r.event,
    r.outcome,
    r.actorId,
    r.targetId,
    r.leaf,
    r.opening,
  ]);
  return new Sql(segments, values, `audit_records_insert_${rows.length}`);
}

function segmentsFor(count: number): readonly string[] {
  const one = sql`(${0}, ${0}, ${0}, ${0}, ${0}, ${0}, ${0}, ${0})`;
  const all = join(
    Array.from({ length: count }, () => one),
    ', ',
  );
  return sql`insert into audit_records (id, organization_id, event, outcome, actor_id, target_id, leaf, opening) values ${all}`
    .segments;
}

function insertArrays(rows: readonly RecordRow[]): Sql {
  return sql`insert into audit_records (id, organization_id, event, outcome, actor_id, target_id, leaf, opening)
      select * from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.organization)}::uuid[],
        ${rows.map((r) => r.event)}::text[], ${rows.map((r) => r.outcome)}::text[],
        ${rows.map((r) => r.actorId)}::uuid[], ${rows.map((r) => r.targetId)}::text[],
        ${rows.map((r) => r.leaf)}::text[], ${rows.map((r) => r.opening)}::text[])`.named(
    'audit_records_insert',
  );
}
