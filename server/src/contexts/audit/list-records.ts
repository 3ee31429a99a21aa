import type { AuditRecord, audit as contract, QueryOf } from '@sallyport/contract';
import pg from 'pg';
import type { OrganizationId } from '../../kernel/ids.ts';
import type { InTurnOf } from '../../kernel/limiter.ts';
import type { Db, Tx } from '../../platform/db/db.ts';
import { type Filter, findIdAt, findRecords, limitTime } from './reading.store.ts';
import { presentRecord, type StoredRecord } from './records.ts';
import { refuse } from './refusals.ts';

const QUERY_CANCELED = '57014';
/** Nobody's looking may hold a connection for long. */
const LONGEST_MS = 10_000;
/** A word is looked for in so many records at a time, and in more of them for so long. */
const SLICE = 10_000;
const SEARCH_MS = 1_000;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface ListDeps {
  readonly db: Db;
  readonly inTurn: InTurnOf<OrganizationId>;
  readonly longestMs?: number;
  readonly slice?: number;
  readonly searchMs?: number;
}

/**
 * A page of a log, newest first. The page of a search may hold less than was asked for, or nothing, and still name the
 * next: it tells how far the log has been looked through.
 */
export async function listRecords(
  deps: ListDeps,
  log: OrganizationId,
  query: QueryOf<typeof contract.listAuditRecords>,
): Promise<{ items: AuditRecord[]; next: string | null }> {
  const { cursor, limit, event, actorId, outcome, targetId, search } = query;
  if (cursor !== undefined && !ID.test(cursor)) throw refuse('audit_cursor_invalid');
  const at = (instant: string | undefined) => (instant === undefined ? undefined : Date.parse(instant));
  const filter = {
    before: cursor,
    event,
    actorId,
    outcome,
    targetId: targetId?.replaceAll('\0', ''),
    from: at(query.from),
    to: at(query.to),
    search: search === '' ? undefined : search,
  };
  const find = () =>
    deps.db.tenant(log, async (tx) => {
      await limitTime(tx, deps.longestMs ?? LONGEST_MS);
      return filter.search === undefined
        ? { rows: await findRecords(tx, filter, limit + 1), reached: undefined }
        : lookThrough(tx, deps, filter, limit + 1);
    });
  const { rows, reached } = await (filter.search === undefined ? find() : deps.inTurn(log, find)).catch(
    (cause: unknown) => {
      if (cause instanceof pg.DatabaseError && cause.code === QUERY_CANCELED)
        throw refuse('audit_search_too_wide', { cause });
      throw cause;
    },
  );
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(presentRecord),
    next: (rows.length > limit ? shown.at(-1)?.id : reached) ?? null,
  };
}

/** Slice by slice, until enough is found, the log has ended or the time is over; then it says which record came last. */
async function lookThrough(
  tx: Tx,
  { slice = SLICE, searchMs = SEARCH_MS }: ListDeps,
  filter: Filter,
  limit: number,
): Promise<{ rows: StoredRecord[]; reached: string | undefined }> {
  const rows: StoredRecord[] = [];
  const began = performance.now();
  for (let { before } = filter; ; ) {
    const since = await findIdAt(tx, { ...filter, before }, slice);
    rows.push(...(await findRecords(tx, { ...filter, before, since }, limit - rows.length, slice)));
    if (since === undefined || rows.length === limit || performance.now() - began >= searchMs)
      return { rows, reached: since };
    before = since;
  }
}
