import type { AuditRecord, audit as contract, QueryOf } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { Db } from '../../platform/db/db.ts';
import { findRecords } from './reading.store.ts';
import { presentRecord } from './records.ts';
import { refuse } from './refusals.ts';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A page of the organization's log, newest first. */
export async function listRecords(
  deps: { readonly db: Db },
  call: Call,
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
  const rows = await deps.db.tenant(call.actor.organizationId, (tx) => findRecords(tx, filter, limit + 1));
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(presentRecord),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
