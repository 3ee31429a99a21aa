import type { Tx } from '../../platform/db/db.ts';
import { isSigned, type Signed, statesSigned } from './sequencer.store.ts';

/** The newest checkpoint of each log that this node signed, and whether the database still has that state of the log. */
export interface SignedHere {
  keep(signed: readonly Signed[]): void;
  /** Those whose records the database has no more. */
  missing(tx: Tx): Promise<readonly Signed[]>;
  forget(missing: readonly Signed[]): void;
  /** All that is kept, the newest last. */
  all(): readonly Signed[];
}

/**
 * Nothing removes a checkpoint. When one is gone, the database is in an earlier state than this node has seen: a standby that
 * lagged behind was promoted, or a backup was put in its place; or a hand was at the log. Of the records that are lost with it
 * nobody else here knows, and the log that goes on without them verifies. `before`: what the node had signed when it was last
 * stopped, the newest last.
 */
export function createSignedHere(before: readonly Signed[]): SignedHere {
  const kept = new Map(before.map((one) => [one.organization, one]));
  const all = () => [...kept.values()];
  return {
    all,
    keep: (signed) => {
      for (const one of signed) {
        // The newest stands last.
        kept.delete(one.organization);
        kept.set(one.organization, one);
      }
    },
    // An earlier state lacks the newest of all before any other: in every pass but one, that is all to ask for.
    missing: async (tx) => {
      const newest = all().at(-1);
      if (newest === undefined || (await isSigned(tx, newest))) return [];
      const still = new Set(await statesSigned(tx, all()));
      return all().filter(({ organization }) => !still.has(organization));
    },
    forget: (missing) => {
      for (const { organization } of missing) kept.delete(organization);
    },
  };
}
