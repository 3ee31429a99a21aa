import {
  type Audit,
  events as auditEvents,
  createAudit,
  type KeySealer,
} from '../src/contexts/audit/index.ts';
import type { Clock } from '../src/kernel/clock.ts';
import type { EventTable } from '../src/kernel/registered.ts';
import { Secret } from '../src/kernel/secret.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** Keeps the signing key as it is: what sealing is worth is tested with the vault. */
export const openSealer: KeySealer = {
  sealKey: async (plaintext) => plaintext.reveal(),
  openKey: async (sealed) => new Secret(sealed),
};

export const testEvents = {
  'thing.done': {
    summary: 'A thing was done',
    fields: { rows: 'public', email: 'personal', text: 'public' },
  },
} satisfies EventTable;

export interface AuditedDatabase extends TestDatabase {
  readonly audit: Audit;
  /** The log as the next start of the node has it, or another node where `signedFile` is another. Close it. */
  next(signedFile?: string): Promise<Audit>;
  /** What the sequencer could not do. */
  readonly faults: unknown[];
  /** What it signed and the database lost. */
  readonly rollbacks: unknown[];
}

/** A database with a log over it, sequenced when `started`. */
export async function auditedDatabase(given: {
  readonly events?: EventTable;
  readonly clock?: Clock;
  readonly started?: boolean;
  readonly signedFile?: string;
}): Promise<AuditedDatabase> {
  const database = await testDatabase();
  const faults: unknown[] = [];
  const rollbacks: unknown[] = [];
  const next = async (path = given.signedFile) => {
    const audit = createAudit({
      db: database.db,
      connection: database.systemConfig,
      events: { ...auditEvents, ...testEvents, ...given.events },
      ...(given.clock === undefined ? {} : { clock: given.clock }),
      ...(path === undefined ? {} : { signedFile: { path, onFault: (fault) => faults.push(fault) } }),
    });
    if (given.started !== false)
      await audit.start(
        openSealer,
        (fault) => faults.push(fault),
        (lost) => rollbacks.push(...lost),
      );
    return audit;
  };
  const audit = await next();
  return {
    ...database,
    audit,
    next,
    faults,
    rollbacks,
    close: async () => {
      await audit.close();
      await database.close();
    },
  };
}
