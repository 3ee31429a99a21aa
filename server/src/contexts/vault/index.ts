import { type AnyCall, type Call, unattended } from '../../kernel/call.ts';
import { type Clock, systemClock } from '../../kernel/clock.ts';
import { INSTALLATION, type OrganizationId } from '../../kernel/ids.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Db, Tx } from '../../platform/db/db.ts';
import type { Audit } from '../audit/index.ts';
import { createDataKeys } from './data-keys.ts';
import { readVault } from './read-vault.ts';
import { recordRootKey } from './record-root-key.ts';
import { refuse } from './refusals.ts';
import type { Rewrappable } from './rewrappable.ts';
import type { RootKey } from './root-key.ts';
import { tieToRoot } from './root-verifier.ts';
import type { RotationDeps } from './rotation-deps.ts';
import { createRotationWorker } from './rotation-worker.ts';
import { seal, unseal } from './seal.ts';
import type { SealedPlace, SealedValue } from './sealed-value.ts';
import { startRotation } from './start-rotation.ts';

export { actions } from './actions.ts';
export { events } from './events.ts';
export { openRootKey } from './open-root-key.ts';
export { refuse } from './refusals.ts';
export type { Rewrappable, SealedItem } from './rewrappable.ts';
export { localRootKey, type RootKey } from './root-key.ts';
export { routes } from './routes.ts';
export type { SealedPlace, SealedValue } from './sealed-value.ts';

export interface VaultDeps {
  readonly db: Db;
  readonly root: RootKey;
  readonly audit: Audit;
  readonly clock?: Clock;
}

/** Keys and what is sealed under them. A plaintext leaves as a `Secret` and in no other form. */
export interface Vault {
  /** Seals for one place, under the organization's data key. `tx` must be able to write that organization's rows. */
  seal(tx: Tx, place: SealedPlace, plaintext: Secret): Promise<SealedValue>;
  /**
   * Opens what was sealed for exactly this place. Refuses with `sealed_value_damaged` when it was altered, moved, cut or
   * rolled back; that is on the record (`vault.open_failed`) even when the caller's transaction rolls back.
   */
  open(tx: Tx, place: SealedPlace, sealed: SealedValue | string, call: AnyCall): Promise<Secret>;
  /** Tells the vault of a table with a sealed column; compose.ts does so for every one, before `start`. */
  register(table: Rewrappable): void;
  /** Takes up rotations that a stopped node left behind. */
  start(onFault: (error: unknown) => void): void;
  /**
   * Makes a new data key and re-seals everything under it, in the background. Refuses with `rotation_running`. Whose, when
   * `holder` is absent: the caller's organization's. Who may rotate the installation's, the route asks.
   */
  rotate(call: Call, holder?: OrganizationId): Promise<{ id: string; total: number }>;
  read(call: Call, holder?: OrganizationId): ReturnType<typeof readVault>;
  /** Resolves when the rotations that this node is at have ended. */
  idle(): Promise<void>;
  /** Stops taking up rotations; one that is under way goes on at the next start. */
  close(): void;
}

/** Ties the database to the root key, or throws when it belongs to another. */
export async function createVault(deps: VaultDeps): Promise<Vault> {
  const { db, root, audit, clock = systemClock } = deps;
  await tieToRoot(db, root);
  await recordRootKey({ db, audit }, root);
  const keys = createDataKeys(root, clock);
  const tables = new Map<string, Rewrappable>();
  const rewrappables = (organization: OrganizationId) => {
    const holder = organization === INSTALLATION ? 'installation' : 'organization';
    return [...tables.values()]
      .filter((one) => (one.holds ?? ['organization']).includes(holder))
      .sort((a, b) => (a.table < b.table ? -1 : 1));
  };
  const rotation: RotationDeps = { db, root, audit, clock, keys, rewrappables };
  const worker = createRotationWorker(rotation);
  return {
    seal: (tx, place, plaintext) => seal(keys, tx, place, plaintext),
    open: async (tx, place, sealed, call) => {
      const result = await unseal(keys, tx, place, sealed);
      if (result.opened) return result.plaintext;
      const { organization, table, row, field, version } = place;
      // Who holds a value of the installation is a person of some organization, which its operators have no business with.
      const teller = organization === INSTALLATION ? unattended(call.requestId) : call;
      await audit.append(organization, teller, {
        event: 'vault.open_failed',
        outcome: 'failed',
        data: { table, row, field, version, reason: result.reason },
      });
      throw refuse('sealed_value_damaged');
    },
    register: (table) => {
      if (tables.has(table.table)) throw new Error(`Two contexts rotate the table ${table.table}.`);
      tables.set(table.table, table);
    },
    start: (onFault) => worker.start(onFault),
    rotate: async (call, holder = call.actor.organizationId) => {
      const { id, total } = await startRotation(rotation, call, holder);
      await worker.look();
      return { id, total };
    },
    read: (call, holder = call.actor.organizationId) => readVault(rotation, holder),
    idle: () => worker.idle(),
    close: () => worker.close(),
  };
}
