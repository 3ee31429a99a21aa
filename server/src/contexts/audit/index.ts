import type { audit as contract, QueryOf } from '@sallyport/contract';
import type pg from 'pg';
import { type AnyCall, type Call, unattended } from '../../kernel/call.ts';
import { type Clock, systemClock } from '../../kernel/clock.ts';
import { INSTALLATION, type OrganizationId, type PersonId } from '../../kernel/ids.ts';
import type { EventTable } from '../../kernel/registered.ts';
import type { Db, Tx } from '../../platform/db/db.ts';
import { openSession } from '../../platform/db/session.ts';
import { createAppender } from './appender.ts';
import { createCanWrite } from './can-write.ts';
import type { AuditEntry } from './entry.ts';
import { erasePerson } from './erase-person.ts';
import { exportLog } from './export-log.ts';
import { insertOnce } from './insert-once.ts';
import { composeRecord, type RecordRow } from './leaf.ts';
import { listRecords } from './list-records.ts';
import { createOutage } from './outage.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { readRecord } from './read-record.ts';
import { createRecordIds } from './record-id.ts';
import { insertRecord, insertRecords } from './records.store.ts';
import { refuse } from './refusals.ts';
import { createSearchTurns } from './search-turns.ts';
import { sequence } from './sequence.ts';
import type { Signed } from './sequencer.store.ts';
import { createSequencer } from './sequencer.ts';
import { readSigned, type SignedFile, writeSigned } from './signed-file.ts';
import { createSignedHere } from './signed-here.ts';
import { type KeySealer, openLogIdentity } from './signing-key.ts';

export { actions } from './actions.ts';
export type { AuditEntry } from './entry.ts';
export { events } from './events.ts';
export type { Json } from './json.ts';
export { refuse } from './refusals.ts';
export { routes } from './routes.ts';
export { type KeySealer, resealSigningKey } from './signing-key.ts';

export interface AuditDeps {
  readonly db: Db;
  /** The system role's connection: appends have one of their own, so that each is one round trip and one flush. */
  readonly connection: pg.ClientConfig;
  /** Every event of every context, this one's too. */
  readonly events: EventTable;
  /** Absent where nothing is signed. */
  readonly signedFile?: SignedFile;
  readonly clock?: Clock;
}

/** The log of who did what. Nothing that must be recorded happens when the log cannot be written. */
export interface Audit {
  /**
   * Records in the caller's transaction: the record commits with the change or neither does. Adds the event to
   * `call.recorded` once both are committed. Refuses with `audit_unavailable` (503) when it cannot, and when the caller may not
   * do this any more by now; the transaction is then void.
   */
  record(tx: Tx, call: AnyCall, entry: AuditEntry): Promise<void>;
  /**
   * Records by itself, for runs, refusals and sign-ins; resolves when it is on the disk. Callers at one time share one
   * insert and one commit. Refuses with `audit_unavailable` (503).
   */
  append(organization: OrganizationId, call: AnyCall, entry: AuditEntry): Promise<void>;
  /** Whether a record could be written now; for the health of this node. At most a second old. */
  canWrite(): Promise<boolean>;
  /**
   * Opens (at first: makes) the signing key and begins to sequence and sign, in turn with other nodes. `onRollback` is told what
   * this node signed and the database has no more.
   */
  start(
    sealer: KeySealer,
    onFault: (error: unknown) => void,
    onRollback: (lost: readonly Signed[]) => void,
  ): Promise<void>;
  // Whose log is read: when `log` is absent, the caller's organization's. Who may read the installation's, the route asks.
  list(
    call: Call,
    query: QueryOf<typeof contract.listAuditRecords>,
    log?: OrganizationId,
  ): ReturnType<typeof listRecords>;
  read(call: Call, id: string, log?: OrganizationId): ReturnType<typeof readRecord>;
  checkpoint(call: Call, log?: OrganizationId): ReturnType<typeof readCheckpoint>;
  describeEvents(): { event: string; summary: string }[];
  exportLog(call: Call, log?: OrganizationId): ReturnType<typeof exportLog>;
  /** Empties the personal fields of every record that a person made; all proofs stay valid. In the caller's transaction. */
  erasePerson(tx: Tx, call: AnyCall, personId: PersonId): Promise<number>;
  close(): Promise<void>;
}

export function createAudit(deps: AuditDeps): Audit {
  const { db, clock = systemClock } = deps;
  const session = openSession({ statement_timeout: 10_000, query_timeout: 12_000, ...deps.connection });
  const nextId = createRecordIds();
  const inTurn = createSearchTurns();
  let sequencer: ReturnType<typeof createSequencer> | undefined;
  const wake = () => sequencer?.wake();
  const outage = createOutage(clock);
  const enqueue = createAppender(async (rows) => {
    await outage.watch(insertOnce(() => insertRecords(session, rows)));
    wake();
  });
  const compose = (call: AnyCall, organization: OrganizationId, entry: AuditEntry): RecordRow => {
    const definition = Object.hasOwn(deps.events, entry.event) ? deps.events[entry.event] : undefined;
    if (definition === undefined) throw new Error(`No context declares the event ${entry.event}.`);
    const now = clock.now();
    return composeRecord(call, organization, entry, definition, { id: nextId(now), now });
  };
  const record: Audit['record'] = async (tx, call, entry) => {
    // The last thing that a change does. It may have waited for a lock or a connection, and nobody may be who they were.
    // A system transaction would wait in here for a connection of its own kind.
    if (tx.organization !== null) await call.assertStillAdmitted?.();
    const row = compose(call, organizationOf(tx, call, entry), entry);
    await outage.watch(insertRecord(tx, row)).catch((cause: unknown) => {
      throw refuse('audit_unavailable', { cause });
    });
    tx.afterCommit(() => {
      call.recorded.set(entry.event, 'with a change');
      wake();
    });
  };
  const append: Audit['append'] = async (organization, call, entry) => {
    await enqueue(compose(call, organization, entry));
    if (!call.recorded.has(entry.event)) call.recorded.set(entry.event, 'by itself');
  };
  return {
    record,
    append,
    canWrite: createCanWrite(session, outage, (since) =>
      append(INSTALLATION, unattended('none'), { event: 'audit.resumed', data: { since } }),
    ),
    start: async (sealer, onFault, onRollback) => {
      const identity = await openLogIdentity(db, sealer);
      const file = deps.signedFile;
      const signedHere = createSignedHere(
        file === undefined ? [] : await readSigned(file, identity.installation),
      );
      const pass = async () => {
        const [missing, done] = await db.system('the sequencer serves every organization', async (tx) => {
          const lost = await signedHere.missing(tx);
          for (const { organization, size, at } of lost)
            await record(tx, unattended('none'), {
              organization,
              event: 'audit.rolled_back',
              outcome: 'failed',
              data: { size, signedAt: at.toISOString() },
            });
          return [lost, await sequence(tx, identity, clock.now())] as const;
        });
        if (missing.length > 0) onRollback(missing);
        signedHere.forget(missing);
        signedHere.keep(done.signed);
        if (file !== undefined && missing.length + done.signed.length > 0)
          await writeSigned(file, identity.installation, signedHere.all());
        return done;
      };
      sequencer = createSequencer(pass, onFault);
    },
    list: (call, query, log = call.actor.organizationId) => listRecords({ db, inTurn }, log, query),
    read: (call, id, log = call.actor.organizationId) => readRecord({ db }, log, id),
    checkpoint: (call, log = call.actor.organizationId) => readCheckpoint({ db }, log),
    describeEvents: () => Object.entries(deps.events).map(([event, { summary }]) => ({ event, summary })),
    exportLog: (call, log = call.actor.organizationId) => exportLog({ db, append }, call, log),
    erasePerson: (tx, call, personId) => erasePerson({ record }, tx, call, personId),
    close: async () => {
      await sequencer?.close();
      await session.close();
    },
  };
}

function organizationOf(tx: Tx, call: AnyCall, entry: AuditEntry): OrganizationId {
  if (entry.organization !== undefined) return entry.organization;
  if (call.actor.kind === 'person') return call.actor.organizationId;
  return tx.organization ?? INSTALLATION;
}
