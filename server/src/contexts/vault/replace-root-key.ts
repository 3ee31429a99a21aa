import type pg from 'pg';
import { dataKeyContext } from './data-keys.ts';
import type { RootKey } from './root-key.ts';
import { writeVerifier } from './root-verifier.ts';

/** What another context keeps sealed under the root key itself: it wraps that anew, in the transaction of the owner. */
export type RewrapOwn = (owner: pg.Client, from: RootKey, to: RootKey) => Promise<void>;

/**
 * Puts a new root key in the place of the old one: every data key is unwrapped with the old and wrapped with the new, and
 * the database is tied to the new, in one transaction. Sealed values stay as they are. No other node may run meanwhile.
 */
export async function replaceRootKey(
  owner: pg.Client,
  from: RootKey,
  to: RootKey,
  others: readonly RewrapOwn[],
): Promise<void> {
  await owner.query('begin');
  try {
    // Row-level security is forced on the owner too; lifted for this transaction, which keeps everybody else out.
    await owner.query('alter table vault_data_keys no force row level security');
    const { rows } = await owner.query<{ organization_id: string; id: string; wrapped: Buffer }>(
      'select organization_id, id, wrapped from vault_data_keys',
    );
    for (const row of rows) {
      const context = dataKeyContext(row.organization_id, row.id);
      const wrapped = await to.wrap(await from.unwrap(row.wrapped, context), context);
      await owner.query(
        'update vault_data_keys set wrapped = $3, root_key_id = $4 where organization_id = $1 and id = $2',
        [row.organization_id, row.id, wrapped, to.id],
      );
    }
    await owner.query('alter table vault_data_keys force row level security');
    for (const rewrap of others) await rewrap(owner, from, to);
    await writeVerifier(owner, to);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw new Error('The root key could not be replaced; nothing was changed.', { cause: error });
  }
}
