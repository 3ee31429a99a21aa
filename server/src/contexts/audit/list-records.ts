import type { AuditRecord, audit as contract, QueryOf } from '@sallyport/contract';
import pg from 'pg';
import type { OrganizationId } from '../../kernel/ids.ts';
import type { Db } from '../../platform/db/db.ts';
import { findRecords, limitTime } from './reading.store.ts';
import { presentRecord } from './records.ts';
import { refuse } from './refusals.ts';
import type { SearchTurn } from './search-turns.ts';

const QUERY_CANCELED = '57014';
/** A search that finds little reads much: nobody's looking for a word may hold a connection for long. */
const LONGEST_MS = 10_000;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A page of a log, newest first. */
export async function listRecords(
  deps: { readonly db: Db; readonly inTurn: SearchTurn; readonly longestMs?: number },
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
      return findRecords(tx, filter, limit + 1);
    });
  const rows = await (filter.search === undefined ? find() : deps.inTurn(log, find)).catch(
    (cause: unknown) => {
      if (cause instanceof pg.DatabaseError && cause.code === QUERY_CANCELED)
        throw refuse('audit_search_too_wide', { cause });
      throw cause;
    },
  );
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(presentRecord),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
