import { unattended } from '../../kernel/call.ts';
import { INSTALLATION } from '../../kernel/ids.ts';
import type { Db } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Audit } from '../audit/index.ts';
import type { RootKey } from './root-key.ts';

/**
 * Puts a root key that took another's place on the installation's log. That happened before the log could be written to, so
 * a start that ends in between leaves it to the next one.
 */
export async function recordRootKey(
  deps: { readonly db: Db; readonly audit: Audit },
  root: RootKey,
): Promise<void> {
  await deps.db.system('the root key is of the installation', async (tx) => {
    const { recorded } = await tx.one<{ recorded: string }>(
      sql`select recorded_key_id as recorded from vault_root for update`,
    );
    // The start that upgrades from a version without that column takes the new key for the recorded one.
    const from = recorded === root.id ? root.replaced : recorded;
    if (from === undefined) return;
    await tx.run(sql`update vault_root set recorded_key_id = ${root.id}`);
    await deps.audit.record(tx, unattended('none'), {
      organization: INSTALLATION,
      event: 'vault.root_key_replaced',
      data: { from, to: root.id },
    });
  });
}
