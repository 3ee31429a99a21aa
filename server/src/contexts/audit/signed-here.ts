import type { OrganizationId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { type Signed, signedStill } from './sequencer.store.ts';

/** The newest checkpoint of each log that this node signed, and whether the database still has it. */
export interface SignedHere {
  keep(signed: readonly Signed[]): void;
  /** Those that the database has no more. */
  missing(tx: Tx): Promise<readonly Signed[]>;
  forget(missing: readonly Signed[]): void;
}

/**
 * Nothing removes a checkpoint. When one is gone, the database is in an earlier state than this node has seen: a standby that
 * lagged behind was promoted, or a backup was put in its place; or a hand was at the log. Of the records that are lost with it
 * nobody else here knows, and the log that goes on without them verifies.
 */
export function createSignedHere(): SignedHere {
  const kept = new Map<OrganizationId, Signed>();
  let newest: Signed | undefined;
  return {
    keep: (signed) => {
      for (const one of signed) kept.set(one.organization, one);
      newest = signed.at(-1) ?? newest;
    },
    // An earlier state lacks the newest of all before any other: in every pass but one, that is all to ask for.
    missing: async (tx) => {
      if (newest === undefined || (await signedStill(tx, [newest])).length === 1) return [];
      const all = [...kept.values()];
      const still = new Set(await signedStill(tx, all));
      return all.filter(({ organization }) => !still.has(organization));
    },
    forget: (missing) => {
      for (const { organization } of missing) kept.delete(organization);
      newest = [...kept.values()].at(-1);
    },
  };
}
