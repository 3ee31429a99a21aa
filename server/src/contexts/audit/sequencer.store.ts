import type { OrganizationId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Edge, HASH_BYTES, type Subtree } from './tree.ts';

const LOCK = 7_311_963_003;

/** True when this transaction is the one sequencer; other nodes' then do nothing. */
export async function electSequencer(tx: Tx): Promise<boolean> {
  const { elected } = await tx.one<{ elected: boolean }>(
    sql`select pg_try_advisory_xact_lock(${LOCK}) as elected`.named('audit_elect'),
  );
  return elected;
}

export interface Window {
  readonly horizon: string;
  /** Every transaction below has ended; nothing more will appear there. */
  readonly xmin: string;
  readonly xmax: string;
  /** The database was restored into a server that counts transactions anew: the horizon means nothing there. */
  readonly recounted: boolean;
}

/** Must be read before `unsequenced`, whose snapshot is then no older than this. */
export function readWindow(tx: Tx): Promise<Window> {
  return tx.one<Window>(
    sql`select horizon::text as horizon, pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmax(s)::text as xmax,
        horizon > pg_snapshot_xmax(s) as recounted
      from audit_log, pg_current_snapshot() as s`.named('audit_window'),
  );
}

export interface Unsequenced {
  readonly organization: OrganizationId;
  readonly id: string;
  readonly txid: string;
  readonly hash: Buffer;
}

/** Committed records without a leaf, oldest transaction first. */
export function unsequenced(tx: Tx, window: Window, limit: number): Promise<Unsequenced[]> {
  const range = window.recounted
    ? sql`true`
    : sql`r.txid >= ${window.horizon}::text::xid8 and r.txid < ${window.xmax}::text::xid8`;
  return tx.many<Unsequenced>(
    sql`select r.organization_id as organization, r.id, r.txid::text as txid,
        sha256('\\x00'::bytea || convert_to(r.leaf, 'UTF8')) as hash
      from audit_records r
      where ${range} and not exists (
        select from audit_leaves l where l.organization_id = r.organization_id and l.record_id = r.id)
      order by r.txid, r.id limit ${limit}`.named(window.recounted ? 'audit_recount' : 'audit_unsequenced'),
  );
}

export async function moveHorizon(tx: Tx, horizon: string): Promise<void> {
  await tx.run(sql`update audit_log set horizon = ${horizon}::text::xid8`.named('audit_horizon'));
}

export async function readEdges(
  tx: Tx,
  organizations: readonly OrganizationId[],
): Promise<Map<OrganizationId, Edge>> {
  const rows = await tx.many<{ organization: OrganizationId; size: number; peaks: Buffer }>(
    sql`select organization_id as organization, size, peaks from audit_trees
      where organization_id = any(${organizations}::uuid[])`.named('audit_edges'),
  );
  return new Map(rows.map((row) => [row.organization, { size: row.size, peaks: unpack(row.peaks) }]));
}

export async function insertLeaves(
  tx: Tx,
  leaves: readonly { organization: OrganizationId; index: number; id: string; hash: Buffer }[],
): Promise<void> {
  await tx.run(
    sql`insert into audit_leaves (organization_id, index, record_id, hash)
      select * from unnest(${leaves.map((l) => l.organization)}::uuid[], ${leaves.map((l) => l.index)}::bigint[],
        ${leaves.map((l) => l.id)}::uuid[], ${leaves.map((l) => l.hash)}::bytea[])`.named(
      'audit_leaves_insert',
    ),
  );
}

export async function insertSubtrees(
  tx: Tx,
  subtrees: readonly (Subtree & { organization: OrganizationId })[],
): Promise<void> {
  if (subtrees.length === 0) return;
  await tx.run(
    sql`insert into audit_subtrees (organization_id, level, index, hash)
      select * from unnest(${subtrees.map((s) => s.organization)}::uuid[], ${subtrees.map((s) => s.level)}::smallint[],
        ${subtrees.map((s) => s.index)}::bigint[], ${subtrees.map((s) => s.hash)}::bytea[])`,
  );
}

export async function writeEdge(tx: Tx, organization: OrganizationId, edge: Edge): Promise<void> {
  await tx.run(
    sql`insert into audit_trees (organization_id, size, peaks)
      values (${organization}, ${edge.size}, ${Buffer.concat(edge.peaks)})
      on conflict (organization_id) do update set size = excluded.size, peaks = excluded.peaks`.named(
      'audit_edge_write',
    ),
  );
}

/** Trees that are due for a checkpoint: grown and not signed since `grown`, or not signed at all since `idle`. */
export async function unsigned(
  tx: Tx,
  since: { grown: Date; idle: Date },
): Promise<{ organization: OrganizationId; edge: Edge }[]> {
  const rows = await tx.many<{ organization: OrganizationId; size: number; peaks: Buffer }>(
    sql`select organization_id as organization, size, peaks from audit_trees
      where (size > signed_size and signed_at <= ${since.grown}) or signed_at <= ${since.idle}`.named(
      'audit_unsigned',
    ),
  );
  return rows.map((row) => ({
    organization: row.organization,
    edge: { size: row.size, peaks: unpack(row.peaks) },
  }));
}

export async function insertCheckpoint(
  tx: Tx,
  organization: OrganizationId,
  checkpoint: { size: number; root: Buffer; at: Date; note: string },
): Promise<void> {
  const { size, root, at, note } = checkpoint;
  await tx.run(
    sql`with signed as (
        insert into audit_checkpoints (organization_id, size, signed_at, root, note)
        values (${organization}, ${size}, ${at}, ${root}, ${note}))
      update audit_trees set signed_size = ${size}, signed_at = ${at} where organization_id = ${organization}`.named(
      'audit_checkpoint_insert',
    ),
  );
}

function unpack(peaks: Buffer): Buffer[] {
  return Array.from({ length: peaks.length / HASH_BYTES }, (_, i) =>
    peaks.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
}
