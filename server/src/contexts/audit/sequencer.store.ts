import type { OrganizationId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Edge, HASH_BYTES, type Subtree } from './tree.ts';

const LOCK = 7_311_963_003;

interface TreeRow {
  readonly organization: OrganizationId;
  readonly size: number;
  readonly peaks: Buffer;
}

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

/** Must be read before `numberRecords`, whose snapshot is then no older than this. */
export function readWindow(tx: Tx): Promise<Window> {
  return tx.one<Window>(
    sql`select horizon::text as horizon, pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmax(s)::text as xmax,
        horizon > pg_snapshot_xmax(s) as recounted
      from audit_log, pg_current_snapshot() as s`.named('audit_window'),
  );
}

/** What a pass has put into one organization's log. */
export interface Numbered {
  readonly organization: OrganizationId;
  /** The tree before. */
  readonly edge: Edge;
  /** Hashes of the new leaves in the order of their indexes, the first of which is the size before. */
  readonly leaves: readonly Buffer[];
  /** The youngest transaction that a record was taken of. */
  readonly txid: string;
}

/**
 * Gives committed records without a leaf their leaves, oldest transaction first. Records do not leave the database, only
 * the hashes do. Whether one has a leaf is asked row by row: as a join, the planner would now and then read all leaves for
 * it. Planned anew each time, since a plan made over an empty log is not one for a long log.
 */
export async function numberRecords(tx: Tx, window: Window, limit: number): Promise<Numbered[]> {
  const range = window.recounted
    ? sql`true`
    : sql`r.txid >= ${window.horizon}::text::xid8 and r.txid < ${window.xmax}::text::xid8`;
  const rows = await tx.many<TreeRow & { hashes: Buffer; txid: string }>(
    sql`with fresh as (
        select r.organization_id, r.id, r.txid, sha256('\\x00'::bytea || convert_to(r.leaf, 'UTF8')) as hash
        from audit_records r
        where ${range} and (select true from audit_leaves l
          where l.organization_id = r.organization_id and l.record_id = r.id) is null
        order by r.txid, r.id limit ${limit}
      ), numbered as (
        select f.*, coalesce(t.size, 0) as size, coalesce(t.peaks, '') as peaks,
          coalesce(t.size, 0) - 1 + row_number() over (partition by f.organization_id order by f.txid, f.id) as index
        from fresh f left join audit_trees t using (organization_id)
      ), placed as (
        insert into audit_leaves (organization_id, index, record_id, hash)
        select organization_id, index, id, hash from numbered
      )
      select organization_id as organization, size, peaks, string_agg(hash, '' order by index) as hashes,
        max(txid)::text as txid
      from numbered group by organization_id, size, peaks`,
  );
  return rows.map(({ organization, size, peaks, hashes, txid }) => ({
    organization,
    edge: { size, peaks: unpack(peaks) },
    leaves: unpack(hashes),
    txid,
  }));
}

/** The log of the installation holds something from now on. */
export async function noteBegun(tx: Tx): Promise<void> {
  await tx.run(sql`update audit_log set begun = true where not begun`.named('audit_begun'));
}

export async function moveHorizon(tx: Tx, horizon: string): Promise<void> {
  await tx.run(sql`update audit_log set horizon = ${horizon}::text::xid8`.named('audit_horizon'));
}

export async function writeTrees(
  tx: Tx,
  trees: readonly { organization: OrganizationId; edge: Edge; subtrees: readonly Subtree[] }[],
): Promise<void> {
  await tx.run(
    sql`insert into audit_trees (organization_id, size, peaks)
      select * from unnest(${trees.map((t) => t.organization)}::uuid[], ${trees.map((t) => t.edge.size)}::bigint[],
        ${trees.map((t) => Buffer.concat(t.edge.peaks))}::bytea[])
      on conflict (organization_id) do update set size = excluded.size, peaks = excluded.peaks`.named(
      'audit_trees_write',
    ),
  );
  const subtrees = trees.flatMap((t) => t.subtrees.map((s) => ({ ...s, organization: t.organization })));
  if (subtrees.length === 0) return;
  await tx.run(
    sql`insert into audit_subtrees (organization_id, level, index, hash)
      select * from unnest(${subtrees.map((s) => s.organization)}::uuid[], ${subtrees.map((s) => s.level)}::smallint[],
        ${subtrees.map((s) => s.index)}::bigint[], ${subtrees.map((s) => s.hash)}::bytea[])`,
  );
}

/**
 * Trees that are due for a checkpoint: grown and not signed since `grown`, or not signed at all since `idle`. One that was
 * signed later than `ahead` counts as not signed once it has grown, or a clock that was once wrong would leave the log
 * unsigned until that time comes; not before, or nodes whose clocks are hours apart would sign against each other.
 */
export async function unsigned(
  tx: Tx,
  since: { grown: Date; idle: Date; ahead: Date },
): Promise<{ organization: OrganizationId; edge: Edge }[]> {
  const rows = await tx.many<TreeRow>(
    sql`select organization_id as organization, size, peaks from audit_trees
      where (size > signed_size and (signed_at <= ${since.grown} or signed_at > ${since.ahead}))
        or signed_at <= ${since.idle}`.named('audit_unsigned'),
  );
  return rows.map((row) => ({
    organization: row.organization,
    edge: { size: row.size, peaks: unpack(row.peaks) },
  }));
}

/** A checkpoint, as it names one state of one log. */
export interface Signed {
  readonly organization: OrganizationId;
  readonly size: number;
  readonly root: Buffer;
  readonly at: Date;
}

export async function insertCheckpoint(
  tx: Tx,
  { organization, size, root, at }: Signed,
  note: string,
): Promise<void> {
  await tx.run(
    sql`with signed as (
        insert into audit_checkpoints (organization_id, size, signed_at, root, note)
        values (${organization}, ${size}, ${at}, ${root}, ${note}))
      update audit_trees set signed_size = ${size}, signed_at = ${at} where organization_id = ${organization}`.named(
      'audit_checkpoint_insert',
    ),
  );
}

export async function isSigned(tx: Tx, { organization, at, root }: Signed): Promise<boolean> {
  const found = await tx.maybe(
    sql`select from audit_checkpoints
      where organization_id = ${organization} and signed_at = ${at} and root = ${root}`.named(
      'audit_is_signed',
    ),
  );
  return found !== undefined;
}

/** Whose of these were signed with that size and root, at whatever time: a log that stands still is signed every hour. */
export async function statesSigned(tx: Tx, signed: readonly Signed[]): Promise<readonly OrganizationId[]> {
  const rows = await tx.many<{ organization: OrganizationId }>(
    sql`select s.organization_id as organization
      from unnest(${signed.map((s) => s.organization)}::uuid[], ${signed.map((s) => s.size)}::bigint[],
        ${signed.map((s) => s.root)}::bytea[]) as s(organization_id, size, root)
      where exists (select from audit_checkpoints c
        where c.organization_id = s.organization_id and c.size = s.size and c.root = s.root)`,
  );
  return rows.map(({ organization }) => organization);
}

/** Hashes that stand end to end. */
function unpack(hashes: Buffer): Buffer[] {
  return Array.from({ length: hashes.length / HASH_BYTES }, (_, i) =>
    hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
}
