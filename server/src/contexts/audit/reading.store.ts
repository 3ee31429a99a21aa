import type { Tx } from '../../platform/db/db.ts';
import { join, type Sql, sql } from '../../platform/db/sql.ts';
import type { Span } from './inclusion.ts';
import type { StoredRecord } from './records.ts';

export interface Filter {
  readonly before: string | undefined;
  readonly event: string | undefined;
  readonly actorId: string | undefined;
  readonly outcome: string | undefined;
  readonly targetId: string | undefined;
  /** Milliseconds since the epoch, both inclusive. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly search: string | undefined;
  /** No older record than this one. */
  readonly since?: string | undefined;
}

const columns = sql`r.id, l.index, r.leaf, r.opening`;
const withPlace = sql`left join audit_leaves l on l.organization_id = r.organization_id and l.record_id = r.id`;

/** Ends the transaction's next statements when they take longer. */
export async function limitTime(tx: Tx, ms: number): Promise<void> {
  await tx.many(sql`select set_config('statement_timeout', ${String(ms)}, true)`.named('audit_limit_time'));
}

/**
 * Newest first, of the transaction's organization; of a filter with a word, in the first `slice` that the rest of it leaves.
 * Which records these are is asked of indexes alone: where two filters are common and together rare, reading the records
 * of one to look at the other takes seconds. Only a word is looked for in the records themselves.
 */
export function findRecords(
  tx: Tx,
  { search, ...filter }: Filter,
  limit: number,
  slice = limit,
): Promise<StoredRecord[]> {
  const { event, actorId, outcome, targetId } = filter;
  const by = [event, actorId, outcome, targetId].filter((one) => one !== undefined).length;
  const found = sql`from audit_records r where ${conditionsOf(filter)} order by r.id desc limit ${slice}`;
  const records =
    search !== undefined && by < 2
      ? sql`(select r.* ${found}) r`
      : sql`(select r.id ${found}) f join audit_records r on r.organization_id = current_organization() and r.id = f.id`;
  return tx.many<StoredRecord>(
    sql`select ${columns} from ${records} ${withPlace} where ${holding(search)} order by r.id desc limit ${limit}`,
  );
}

/** Which record is so many further down the list; undefined when there are not as many. */
export async function findIdAt(
  tx: Tx,
  filter: Omit<Filter, 'search'>,
  position: number,
): Promise<string | undefined> {
  const row = await tx.maybe<{ id: string }>(
    sql`select r.id from audit_records r where ${conditionsOf(filter)}
      order by r.id desc limit 1 offset ${position - 1}`,
  );
  return row?.id;
}

function conditionsOf(filter: Omit<Filter, 'search'>): Sql {
  const conditions: Sql[] = [sql`r.organization_id = current_organization()`];
  const { before, event, actorId, outcome, targetId, from, to, since } = filter;
  if (since !== undefined) conditions.push(sql`r.id >= ${since}`);
  if (before !== undefined) conditions.push(sql`r.id < ${before}`);
  if (event !== undefined) conditions.push(sql`r.event = ${event}`);
  if (actorId !== undefined) conditions.push(sql`r.actor_id = ${actorId}`);
  if (outcome !== undefined) conditions.push(sql`r.outcome = ${outcome}`);
  // Said apart, so that the index of what is not allowed answers whatever plan is made.
  if (outcome !== undefined && outcome !== 'allowed') conditions.push(sql`r.outcome <> 'allowed'`);
  if (targetId !== undefined) conditions.push(sql`r.target_id = ${targetId}`);
  if (from !== undefined) conditions.push(sql`r.id >= ${firstIdAt(from)}`);
  if (to !== undefined) conditions.push(sql`r.id < ${firstIdAt(to + 1)}`);
  return join(conditions, ' and ');
}

function holding(search: string | undefined): Sql {
  if (search === undefined) return sql`true`;
  const pattern = `%${search.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(r.leaf ilike ${pattern} or r.opening ilike ${pattern})`;
}

export function findRecord(tx: Tx, id: string): Promise<StoredRecord | undefined> {
  return tx.maybe<StoredRecord>(
    sql`select ${columns} from audit_records r ${withPlace}
      where r.organization_id = current_organization() and r.id = ${id}`,
  );
}

export interface Checkpoint {
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
  readonly signedAt: Date;
}

/** By its size: the clock may have been set back since an earlier one was signed. */
export function newestCheckpoint(tx: Tx): Promise<Checkpoint | undefined> {
  return tx.maybe<Checkpoint>(
    sql`select size, root, note, signed_at as "signedAt" from audit_checkpoints
      where organization_id = current_organization() order by size desc, signed_at desc limit 1`,
  );
}

export async function readIdentity(tx: Tx): Promise<{ installation: string; publicKey: Buffer }> {
  return tx.one(sql`select origin as installation, public_key as "publicKey" from audit_log`);
}

/** Records that no checkpoint covers yet. */
export async function countPending(tx: Tx): Promise<number> {
  // Bound, not joined: of an unknown horizon the planner expects a third of the log, and reads every leaf beside it. One
  // that was moved on since only makes the look wider, and what lies between has its leaf.
  const { horizon } = await tx.one<{ horizon: string }>(sql`select horizon::text from audit_log`);
  const { pending } = await tx.one<{ pending: number }>(
    sql`select (select count(*) from audit_records r where r.organization_id = current_organization()
          and r.txid >= ${horizon}::xid8
          and not exists (select from audit_leaves l where l.organization_id = r.organization_id and l.record_id = r.id))
        + coalesce((select size - signed_size from audit_trees where organization_id = current_organization()), 0)
        as pending`,
  );
  return pending;
}

export async function readSpans(tx: Tx, spans: readonly Span[]): Promise<Map<string, Buffer>> {
  const kept = new Map<string, Buffer>();
  for (const { level, from, to } of spans) {
    const rows = await tx.many<{ index: number; hash: Buffer }>(
      level === 0
        ? sql`select index, hash from audit_leaves
            where organization_id = current_organization() and index >= ${from} and index < ${to}`
        : sql`select index, hash from audit_subtrees where organization_id = current_organization()
            and level = ${level} and index >= ${from} and index < ${to}`,
    );
    for (const row of rows) kept.set(`${level}:${row.index}`, row.hash);
  }
  return kept;
}

/** The smallest UUID version 7 of a millisecond, so that the primary key answers questions of time. */
function firstIdAt(ms: number): string {
  const time = Math.min(Math.max(0, ms), 2 ** 48 - 1);
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
