import { sql } from '../../platform/db/sql.ts';
import type { Deps } from './deps.ts';

const DAY = 86_400_000;

/**
 * Deletes what no longer means anything: ended sessions, old throttle counters, unused addresses, lapsed links. What is over
 * by this node's clock and by the database's: the sessions of the other nodes outlive one whose clock runs ahead.
 */
export async function sweep(deps: Pick<Deps, 'db' | 'clock' | 'limits'>): Promise<void> {
  const own = new Date(deps.clock.now());
  await deps.db.system('what is over is over in every organization', async (tx) => {
    const { now } = await tx.one<{ now: Date }>(sql`select least(now(), ${own}::timestamptz) as now`);
    const before = (ms: number) => new Date(now.getTime() - ms);
    await tx.run(sql`
      delete from sessions where expires_at < ${before(0)}
        or (kind = 'session' and last_seen_at < ${before(deps.limits.idleMs)})`);
    await tx.run(sql`delete from sign_in_throttle where last_failure_at < ${before(2 * DAY)}`);
    await tx.run(sql`delete from familiar_addresses where last_used_at < ${before(90 * DAY)}`);
    await tx.run(sql`delete from password_resets where expires_at < ${before(30 * DAY)}`);
    await tx.run(sql`delete from invitations where expires_at < ${before(30 * DAY)}`);
  });
}
