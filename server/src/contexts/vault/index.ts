import type { AnyCall } from '../../kernel/call.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Db, Tx } from '../../platform/db/db.ts';
import type { Audit } from '../audit/index.ts';
import { createDataKeys } from './data-keys.ts';
import { refuse } from './refusals.ts';
import type { RootKey } from './root-key.ts';
import { tieToRoot } from './root-verifier.ts';
import { seal, unseal } from './seal.ts';
import type { SealedPlace, SealedValue } from './sealed-value.ts';

export { actions } from './actions.ts';
export { events } from './events.ts';
export { openRootKey, type RootKeyPlace } from './open-root-key.ts';
export { refuse } from './refusals.ts';
export { localRootKey, type RootKey } from './root-key.ts';
export type { SealedPlace, SealedValue } from './sealed-value.ts';

export interface VaultDeps {
  readonly db: Db;
  readonly root: RootKey;
  readonly audit: Audit;
}

/** Keys and what is sealed under them. A plaintext leaves as a `Secret` and in no other form. */
export interface Vault {
  /** Seals for one place, under the organization's data key. `tx` must be able to write that organization's rows. */
  seal(tx: Tx, place: SealedPlace, plaintext: Secret): Promise<SealedValue>;
  /**
   * Opens what was sealed for exactly this place. Refuses with `sealed_value_damaged` when it was altered, moved, cut or
   * rolled back; that is on the record (`vault.open_failed`) even when the caller's transaction rolls back.
   */
  open(tx: Tx, place: SealedPlace, sealed: SealedValue | string, call?: AnyCall): Promise<Secret>;
}

/** Ties the database to the root key, or throws when it belongs to another. */
export async function createVault(deps: VaultDeps): Promise<Vault> {
  await tieToRoot(deps.db, deps.root);
  const keys = createDataKeys(deps.root);
  return {
    seal: (tx, place, plaintext) => seal(keys, tx, place, plaintext),
    open: async (tx, place, sealed, call) => {
      const result = await unseal(keys, tx, place, sealed);
      if (result.opened) return result.plaintext;
      const { organization, table, row, field, version } = place;
      await deps.audit.append(organization, call ?? NOBODY(), {
        event: 'vault.open_failed',
        outcome: 'failed',
        data: { table, row, field, version, reason: result.reason },
      });
      throw refuse('sealed_value_damaged');
    },
  };
}

/** Some values are opened with nobody asking, such as when a pool reconnects. */
const NOBODY = (): AnyCall => ({
  actor: { kind: 'anonymous' },
  requestId: 'none',
  address: '',
  device: '',
  recorded: new Set(),
});
