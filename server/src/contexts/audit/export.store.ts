import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Checkpoint } from './reading.store.ts';

export interface ExportedLeaf {
  readonly index: number;
  readonly leaf: string;
  readonly opening: string | null;
  /** As it was when the record was sequenced: a leaf altered since does not hash to it. */
  readonly hash: Buffer;
}

/** In the order of the log, from one index to before another. */
export function findExported(tx: Tx, from: number, to: number): Promise<ExportedLeaf[]> {
  return tx.many<ExportedLeaf>(
    sql`select l.index, r.leaf, r.opening, l.hash from audit_leaves l join audit_records r
        on r.organization_id = l.organization_id and r.id = l.record_id
      where l.organization_id = current_organization() and l.index >= ${from} and l.index < ${to}
      order by l.index`.named('audit_export'),
  );
}

/** Checkpoints of sizes below `size`: the first in each stretch of `spacing` leaves. */
export function findSpacedCheckpoints(
  tx: Tx,
  size: number,
  spacing: number,
): Promise<Pick<Checkpoint, 'size' | 'note'>[]> {
  return tx.many<Pick<Checkpoint, 'size' | 'note'>>(
    sql`select distinct on (stretch) size, note
      from (select size, note, signed_at, size / ${spacing} as stretch from audit_checkpoints
        where organization_id = current_organization() and size > 0 and size < ${size}) c
      order by stretch, size, signed_at`,
  );
}
