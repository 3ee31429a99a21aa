import type { Tx } from '../../platform/db/db.ts';
import { originOf, signCheckpoint } from './checkpoint.ts';
import * as store from './sequencer.store.ts';
import type { LogIdentity } from './signing-key.ts';
import { extend, rootOf } from './tree.ts';

/** Under load, how far apart checkpoints are; idle, how old the newest may become. */
const SIGN_EVERY_MS = 1_000;
const SIGN_IDLE_MS = 3_600_000;
/** A checkpoint from further ahead was signed by a clock that was set back since; nodes' clocks differ by less. */
const AHEAD_MS = 5_000;

export interface Pass {
  /** False when another node is the sequencer at the moment. */
  readonly elected: boolean;
  readonly sequenced: number;
  /** More is waiting than one pass takes. */
  readonly more: boolean;
  readonly signed: readonly store.Signed[];
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
    return { elected: false, sequenced: 0, more: false, signed: [], unsigned: false };
  }
  const window = await store.readWindow(tx);
  const numbered = await store.numberRecords(tx, window, limit);
  if (numbered.length > 0) await grow(tx, numbered);
  const sequenced = numbered.reduce((sum, { leaves }) => sum + leaves.length, 0);
  const more = sequenced === limit;
  const horizon = more ? cutHorizon(window, numbered) : window.xmin;
  if (horizon !== window.horizon) await store.moveHorizon(tx, horizon);
  const signed = await sign(tx, identity, now);
  return { elected: true, sequenced, more, signed, unsigned: sequenced > 0 && signed.length === 0 };
}

/** When the pass was cut short, the search goes on where it was cut. */
function cutHorizon(window: store.Window, numbered: readonly store.Numbered[]): string {
  if (window.recounted) return window.horizon;
  const last = numbered.map(({ txid }) => BigInt(txid)).reduce((a, b) => (a > b ? a : b));
  return last < BigInt(window.xmin) ? String(last) : window.xmin;
}

async function grow(tx: Tx, numbered: readonly store.Numbered[]): Promise<void> {
  if (numbered.some(({ edge }) => edge.size === 0)) await store.noteBegun(tx);
  await store.writeTrees(
    tx,
    numbered.map(({ organization, edge, leaves }) => ({ organization, ...extend(edge, leaves) })),
  );
}

async function sign(tx: Tx, identity: LogIdentity, now: number): Promise<readonly store.Signed[]> {
  const due = await store.unsigned(tx, {
    grown: new Date(now - SIGN_EVERY_MS),
    idle: new Date(now - SIGN_IDLE_MS),
    ahead: new Date(now + AHEAD_MS),
  });
  const signed = due.map(({ organization, edge }) => ({
    organization,
    size: edge.size,
    root: rootOf(edge),
    at: new Date(now),
  }));
  for (const one of signed) {
    const origin = originOf(identity.installation, one.organization);
    await store.insertCheckpoint(tx, one, signCheckpoint(origin, { ...one, at: now }, identity));
  }
  return signed;
}
