import type { OrganizationId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';

export interface DataKeyRow {
  readonly id: string;
  readonly wrapped: Buffer;
}

const LOCK = 7_311_963_002;

/** Held by every sealing until it commits, so that a rotation knows that nothing more is sealed under the old key. */
export async function lockForSealing(tx: Tx, organization: OrganizationId): Promise<void> {
  await tx.many(
    sql`select pg_advisory_xact_lock_shared(${LOCK} # hashtextextended(${organization}, 0))`.named(
      'vault_seal_lock',
    ),
  );
}

/** Waits for every sealing under way, and holds new ones back until the key is switched. */
export async function lockForSwitching(tx: Tx, organization: OrganizationId): Promise<void> {
  await tx.many(sql`select pg_advisory_xact_lock(${LOCK} # hashtextextended(${organization}, 0))`);
}

export function activeKey(tx: Tx, organization: OrganizationId): Promise<DataKeyRow | undefined> {
  return tx.maybe<DataKeyRow>(
    sql`select id, wrapped from vault_data_keys where organization_id = ${organization} and state = 'active'`.named(
      'vault_active_key',
    ),
  );
}

export function keyById(tx: Tx, organization: OrganizationId, id: string): Promise<DataKeyRow | undefined> {
  return tx.maybe<DataKeyRow>(
    sql`select id, wrapped from vault_data_keys where organization_id = ${organization} and id = ${id}`.named(
      'vault_key_by_id',
    ),
  );
}

/** Of two that come at once, the second waits for the first and inserts nothing. */
export async function insertActiveKey(
  tx: Tx,
  organization: OrganizationId,
  key: DataKeyRow & { readonly rootKeyId: string },
): Promise<boolean> {
  const inserted = await tx.run(
    sql`insert into vault_data_keys (organization_id, id, state, root_key_id, wrapped)
      values (${organization}, ${key.id}, 'active', ${key.rootKeyId}, ${key.wrapped})
      on conflict (organization_id) where state = 'active' do nothing`,
  );
  return inserted === 1;
}
