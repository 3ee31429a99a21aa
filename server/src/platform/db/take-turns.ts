import type { Tx } from './db.ts';
import { sql } from './sql.ts';

/**
 * Whoever looks for something free in the organization (an address, the one open invitation) and then takes it waits here
 * for the one before, until that one's transaction ends; what they read afterwards they read with its changes. In a tenant
 * transaction, before the look. `what` names what is taken, such as `apps`.
 */
export async function takeTurns(tx: Tx, what: string): Promise<void> {
  await tx.many(
    sql`select pg_advisory_xact_lock(hashtextextended(${what} || '/' || current_organization(), 0))`,
  );
}
