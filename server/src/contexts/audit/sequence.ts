import type { OrganizationId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { originOf, signCheckpoint } from './checkpoint.ts';
import * as store from './sequencer.store.ts';
import type { LogIdentity } from './signing-key.ts';
import { EMPTY, extend, rootOf } from './tree.ts';

/** Under load, how far apart checkpoints are; idle, how old the newest may become. */
const SIGN_EVERY_MS = 1_000;
const SIGN_IDLE_MS = 3_600_000;

export interface Pass {
  /** False when another node is the sequencer at the moment. */
  readonly elected: boolean;
  readonly sequenced: number;
  /** More is waiting than one pass takes. */
  readonly more: boolean;
  readonly signed: number;
  /** Something grew and is not signed yet. */
  readonly unsigned: boolean;
}

/**
 * One pass of the sequencer, in one transaction: gives committed records their leaves, extends the trees, signs what is
 * due. Killed at any point, it has done all of that or nothing. No record is skipped when transactions commit out of
 * order: every visible record without a leaf is taken, and the search never begins above a transaction that still runs.
 */
export async function sequence(tx: Tx, identity: LogIdentity, now: number, limit = 5_000): Promise<Pass> {
  if (!(await store.electSequencer(tx))) {
    return { elected: false, sequenced: 0, more: false, signed: 0, unsigned: false };
  }
  const window = await store.readWindow(tx);
  const records = await store.unsequenced(tx, window, limit);
  if (records.length > 0) await grow(tx, records);
  const more = records.length === limit;
  const horizon = nextHorizon(window, more ? records.at(-1) : undefined);
  if (horizon !== window.horizon) await store.moveHorizon(tx, horizon);
  const signed = await sign(tx, identity, now);
  return {
    elected: true,
    sequenced: records.length,
    more,
    signed,
    unsigned: records.length > 0 && signed === 0,
  };
}

/** When the pass was cut short, the search goes on where it was cut. */
function nextHorizon(window: store.Window, last: store.Unsequenced | undefined): string {
  if (last === undefined) return window.xmin;
  if (window.recounted) return window.horizon;
  return BigInt(last.txid) < BigInt(window.xmin) ? last.txid : window.xmin;
}

async function grow(tx: Tx, records: readonly store.Unsequenced[]): Promise<void> {
  const byOrganization = Map.groupBy(records, (record) => record.organization);
  const edges = await store.readEdges(tx, [...byOrganization.keys()]);
  const leaves: Parameters<typeof store.insertLeaves>[1][number][] = [];
  const subtrees: Parameters<typeof store.insertSubtrees>[1][number][] = [];
  for (const [organization, own] of byOrganization) {
    const before = edges.get(organization) ?? EMPTY;
    const after = extend(
      before,
      own.map((record) => record.hash),
    );
    own.forEach(({ id, hash }, i) => {
      leaves.push({ organization, index: before.size + i, id, hash });
    });
    subtrees.push(...after.subtrees.map((subtree) => ({ ...subtree, organization })));
    await store.writeEdge(tx, organization, after.edge);
  }
  await store.insertLeaves(tx, leaves);
  await store.insertSubtrees(tx, subtrees);
}

async function sign(tx: Tx, identity: LogIdentity, now: number): Promise<number> {
  const due = await store.unsigned(tx, {
    grown: new Date(now - SIGN_EVERY_MS),
    idle: new Date(now - SIGN_IDLE_MS),
  });
  for (const { organization, edge } of due) {
    const root = rootOf(edge);
    const origin = originOf(identity.installation, organization as OrganizationId);
    const note = signCheckpoint(origin, { size: edge.size, root, at: now }, identity);
    await store.insertCheckpoint(tx, organization, { size: edge.size, root, at: new Date(now), note });
  }
  return due.length;
}
