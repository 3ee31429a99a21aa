import type pg from 'pg';
import type { AnyCall } from '../../kernel/call.ts';
import { type Clock, systemClock } from '../../kernel/clock.ts';
import { INSTALLATION, type OrganizationId } from '../../kernel/ids.ts';
import type { EventTable } from '../../kernel/registered.ts';
import type { Db, Tx } from '../../platform/db/db.ts';
import { openSession } from '../../platform/db/session.ts';
import { createAppender } from './appender.ts';
import type { AuditEntry } from './entry.ts';
import { composeRecord, type RecordRow } from './leaf.ts';
import { insertRecord, insertRecords } from './records.store.ts';
import { refuse } from './refusals.ts';

export { actions } from './actions.ts';
export type { AuditEntry, Outcome } from './entry.ts';
export { events } from './events.ts';
export type { Json } from './json.ts';
export { refuse } from './refusals.ts';

export interface AuditDeps {
  readonly db: Db;
  /** The system role's connection: appends have one of their own, so that each is one round trip and one flush. */
  readonly connection: pg.ClientConfig;
  /** Every event of every context, this one's too. */
  readonly events: EventTable;
  readonly clock?: Clock;
}

/** The log of who did what. Nothing that must be recorded happens when the log cannot be written. */
export interface Audit {
  /**
   * Records in the caller's transaction: the record commits with the change or neither does. Adds the event to
   * `call.recorded`. Refuses with `audit_unavailable` (503) when it cannot; the transaction is then void.
   */
  record(tx: Tx, call: AnyCall, entry: AuditEntry): Promise<void>;
  /**
   * Records by itself, for runs, refusals and sign-ins; resolves when it is on the disk. Callers at one time share one
   * insert and one commit. Refuses with `audit_unavailable` (503).
   */
  append(organization: OrganizationId, call: AnyCall, entry: AuditEntry): Promise<void>;
  close(): Promise<void>;
}

export function createAudit(deps: AuditDeps): Audit {
  const clock = deps.clock ?? systemClock;
  const session = openSession({ statement_timeout: 10_000, query_timeout: 12_000, ...deps.connection });
  const enqueue = createAppender((rows) => insertRecords(session, rows));
  const compose = (call: AnyCall, organization: OrganizationId, entry: AuditEntry): RecordRow => {
    const definition = Object.hasOwn(deps.events, entry.event) ? deps.events[entry.event] : undefined;
    if (definition === undefined) throw new Error(`No context declares the event ${entry.event}.`);
    return composeRecord(call, organization, entry, definition, clock.now());
  };
  return {
    record: async (tx, call, entry) => {
      const row = compose(call, organizationOf(tx, call, entry), entry);
      await insertRecord(tx, row).catch((cause: unknown) => {
        throw refuse('audit_unavailable', { cause });
      });
      call.recorded.add(entry.event);
    },
    append: async (organization, call, entry) => {
      await enqueue(compose(call, organization, entry));
      call.recorded.add(entry.event);
    },
    close: () => session.close(),
  };
}

function organizationOf(tx: Tx, call: AnyCall, entry: AuditEntry): OrganizationId {
  if (entry.organization !== undefined) return entry.organization;
  if (call.actor.kind === 'person') return call.actor.organizationId;
  return tx.organization ?? INSTALLATION;
}
