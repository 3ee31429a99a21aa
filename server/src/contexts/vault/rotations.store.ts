import type { OrganizationId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import type { DataKeyRow } from './data-keys.store.ts';

/** How far a rotation has come: the table and the position in it that were done last. */
export interface Progress {
  readonly table: string | null;
  readonly position: string | null;
}

export interface RotationRow extends Progress {
  readonly organization: OrganizationId;
  readonly id: string;
  readonly keyId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly total: number;
  readonly done: number;
  /** Values that did not open; they and their old key were left. */
  readonly unopened: number;
  /** The request that started it. */
  readonly startedBy: string;
}

const columns = sql`organization_id as organization, id, key_id as "keyId", started_at as "startedAt",
  finished_at as "finishedAt", total, done, unopened, table_name as "table", position, started_by as "startedBy"`;

export function newestRotation(tx: Tx, organization: OrganizationId): Promise<RotationRow | undefined> {
  return tx.maybe<RotationRow>(
    sql`select ${columns} from vault_rotations where organization_id = ${organization} order by id desc limit 1`,
  );
}

export function runningRotations(tx: Tx): Promise<RotationRow[]> {
  return tx.many<RotationRow>(
    sql`select ${columns} from vault_rotations where finished_at is null order by id`,
  );
}

/** False when one is running already. */
export async function insertRotation(
  tx: Tx,
  row: Pick<RotationRow, 'organization' | 'id' | 'keyId' | 'startedAt' | 'total' | 'startedBy'>,
): Promise<boolean> {
  const inserted = await tx.run(
    sql`insert into vault_rotations (organization_id, id, key_id, started_at, total, started_by)
      values (${row.organization}, ${row.id}, ${row.keyId}, ${row.startedAt}, ${row.total}, ${row.startedBy})
      on conflict (organization_id) where finished_at is null do nothing`,
  );
  return inserted === 1;
}

/** Moves on from where this node believes the rotation to be; false when another node has moved it. */
export async function advance(
  tx: Tx,
  rotation: RotationRow,
  from: Progress,
  to: Progress & { readonly added: number },
): Promise<boolean> {
  const moved = await tx.run(
    sql`update vault_rotations set table_name = ${to.table}, position = ${to.position}, done = done + ${to.added}
      where organization_id = ${rotation.organization} and id = ${rotation.id} and finished_at is null
        and table_name is not distinct from ${from.table} and position is not distinct from ${from.position}`,
  );
  return moved === 1;
}

export async function finishRotation(
  tx: Tx,
  rotation: RotationRow,
  { at, unopened }: { readonly at: Date; readonly unopened: number },
): Promise<boolean> {
  const finished = await tx.run(
    sql`update vault_rotations set finished_at = ${at}, done = greatest(done, total - ${unopened}), unopened = ${unopened}
      where organization_id = ${rotation.organization} and id = ${rotation.id} and finished_at is null`,
  );
  return finished === 1;
}

/** The one active key becomes a retiring one. */
export async function retireActiveKey(tx: Tx, organization: OrganizationId): Promise<void> {
  await tx.run(
    sql`update vault_data_keys set state = 'retiring' where organization_id = ${organization} and state = 'active'`,
  );
}

/** Destroys retiring keys, but for those that something is still sealed under. Says which. */
export async function destroyRetired(
  tx: Tx,
  organization: OrganizationId,
  used: readonly string[],
): Promise<DataKeyRow['id'][]> {
  const rows = await tx.many<{ id: string }>(
    sql`delete from vault_data_keys where organization_id = ${organization} and state = 'retiring'
      and id <> all(${used}::uuid[]) returning id`,
  );
  return rows.map((row) => row.id);
}
