import type { PersonId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { sql } from '../../platform/db/sql.ts';
import { refuse } from './refusals.ts';
import { charge, type ThrottleKey, waitFor } from './throttle.ts';

/** Counts one attempt against a key under the key's lock; answers the milliseconds to wait, or 0. */
export async function chargeKey(tx: Tx, { key, rule }: ThrottleKey, now: number): Promise<number> {
  // First without a lock: a flood that is being refused must not queue up for one.
  const blocked = await tx.maybe<{ blocked_until: Date | null }>(
    sql`select blocked_until from sign_in_throttle where key = ${key}`,
  );
  const wait = waitFor(blocked?.blocked_until?.getTime() ?? null, now, rule);
  if (wait > 0) return wait;
  // In one statement: between two, whoever succeeds at that moment takes the row away.
  const row = await tx.one<{ failures: number; blocked_until: Date | null; last_failure_at: Date }>(sql`
    insert into sign_in_throttle (key, failures, last_failure_at) values (${key}, 0, ${new Date(now)})
    on conflict (key) do update set key = excluded.key returning failures, blocked_until, last_failure_at`);
  const result = charge(
    {
      failures: row.failures,
      blockedUntil: row.blocked_until?.getTime() ?? null,
      lastFailureAt: row.last_failure_at.getTime(),
    },
    now,
    rule,
  );
  if ('wait' in result) return result.wait;
  const { failures, blockedUntil } = result.next;
  await tx.run(sql`
    update sign_in_throttle set failures = ${failures}, last_failure_at = ${new Date(now)},
      blocked_until = ${blockedUntil === null ? null : new Date(blockedUntil)}
    where key = ${key}`);
  return 0;
}

/** Refuses with `sign_in_throttled` when there is something to wait for. */
export function assertNotThrottled(wait: number): void {
  if (wait === 0) return;
  const seconds = Math.ceil(wait / 1000);
  throw refuse('sign_in_throttled', { values: { seconds }, extra: { retryAfter: seconds } });
}

/** The attempt was no failure. What earlier ones counted stays. */
export async function giveBack(tx: Tx, { key }: ThrottleKey): Promise<void> {
  await tx.run(sql`
    update sign_in_throttle set failures = greatest(failures - 1, 0), blocked_until = null where key = ${key}`);
}

/** The account's owner was here: its failures are forgotten. */
export async function clearKey(tx: Tx, { key }: ThrottleKey): Promise<void> {
  await tx.run(sql`delete from sign_in_throttle where key = ${key}`);
}

export async function rememberAddress(tx: Tx, person: PersonId, address: string, now: number): Promise<void> {
  await tx.run(sql`
    insert into familiar_addresses (person_id, address, last_used_at) values (${person}, ${address}, ${new Date(now)})
    on conflict (person_id, address) do update set last_used_at = excluded.last_used_at`);
}
