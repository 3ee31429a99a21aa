import { LRUCache } from 'lru-cache';
import type { PersonActor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { SessionId } from '../../kernel/ids.ts';
import { askPatiently } from '../../platform/db/ask-patiently.ts';
import type { Db } from '../../platform/db/db.ts';
import type { Notifications } from '../../platform/db/notifications.ts';
import type { Authenticated } from '../../platform/http/mount.ts';
import { createSessionFinder } from './find-sessions.ts';
import { refuse } from './refusals.ts';
import { CHANNEL, type IdentityChange, type Revocations } from './revocations.ts';
import { csrfTokenOf, type SessionKind, type SessionLimits, tokenHash, tokenKey } from './session.ts';
import { stillInForce, touchSessions } from './sessions.store.ts';
import type { LiveSession } from './sessions.table.ts';
import { createStrangerBrake } from './stranger-brake.ts';

export interface Credential {
  readonly kind: SessionKind;
  readonly token: string;
}

export interface Authenticator {
  /** At once when the session is in memory; undefined when it is not in force. */
  authenticate(
    credential: Credential,
    address: string,
  ): Authenticated | undefined | Promise<Authenticated | undefined>;
  close(): Promise<void>;
}

interface Kept {
  readonly found: Authenticated;
  readonly kind: SessionKind;
  readonly freshFrom: number;
  readonly freshUntil: number;
  seenAt: number;
}

/** How stale a kept session can be when a notification was lost without the connection's being known to be dead. */
const FRESH_MS = 5_000;
/** How long one that was judged over by a clock that was wrong stays so, once the clock is right. */
const DEAD_MS = 600_000;
const SEEN_EVERY_MS = 60_000;
const WRITE_SEEN_EVERY_MS = 5_000;

/**
 * Finds who a token stands for. On the path of every run, so kept in memory; every change in identity is notified and
 * empties what is kept, and while notifications may be missed nothing is kept at all (I7).
 */
export async function createAuthenticator(deps: {
  readonly db: Db;
  readonly notifications: Notifications;
  readonly revocations: Revocations;
  readonly clock: Clock;
  readonly limits: SessionLimits;
}): Promise<Authenticator> {
  const { db, notifications, revocations, clock, limits } = deps;
  const kept = new LRUCache<string, Kept>({ max: 20_000 });
  const brake = createStrangerBrake(clock);
  /** Tokens that were looked up in vain, and when: a browser that goes on with an ended session costs nothing. */
  const dead = new LRUCache<string, number>({ max: 20_000 });
  const find = createSessionFinder({ db, clock, limits });
  const pending = new Map<string, Promise<Authenticated | undefined>>();
  const seen = new Map<SessionId, { at: number; address: string }>();
  // A look-up that began before a change must neither be kept nor shared after it.
  let generation = 0;
  let writing: Promise<void> = Promise.resolve();

  const forget = () => {
    generation++;
    kept.clear();
    dead.clear();
    pending.clear();
  };
  const recheck = async () => {
    forget();
    const ids = revocations.watched();
    if (ids.length === 0) return;
    const ask = () =>
      db.system('sessions that may have ended while notifications were missed', (tx) =>
        stillInForce(tx, ids, clock.now(), limits),
      );
    await askPatiently(ask).then(
      (alive) => revocations.ended(ids.filter((id) => !alive.has(id))),
      () => revocations.doubted(ids),
    );
  };
  const stop = await notifications.listen(CHANNEL, {
    message: (payload) => {
      const change = JSON.parse(payload) as IdentityChange;
      if (change.kind === 'changed') return forget();
      generation++;
      pending.clear();
      const ended = new Set<string>(change.sessions);
      for (const [key, { found }] of kept) if (ended.has(found.actor.sessionId)) kept.delete(key);
      revocations.ended(change.sessions);
    },
    lost: forget,
    restored: () => void recheck(),
  });

  const look = async (credential: Credential, key: string, address: string) => {
    const hash = tokenHash(credential.token);
    const began = generation;
    const now = clock.now();
    // A change asks again before it is recorded (A1 of audit), with the locks that it holds.
    const row = await find(hash);
    if (row === undefined || row.kind !== credential.kind) {
      brake.unknown(address, key);
      if (generation === began && notifications.connected) dead.set(credential.kind + key, now);
      return undefined;
    }
    brake.known(key);
    const found = { actor: actorOf(row), csrfToken: row.kind === 'token' ? null : csrfTokenOf(hash) };
    const entry: Kept = {
      found,
      kind: row.kind,
      freshFrom: now,
      freshUntil: Math.min(now + FRESH_MS, row.expires_at.getTime()),
      seenAt: row.last_seen_at.getTime(),
    };
    note(entry, now, address);
    if (generation === began && notifications.connected) kept.set(key, entry);
    return found;
  };
  const note = (entry: Kept, now: number, address: string) => {
    if (now - entry.seenAt < SEEN_EVERY_MS) return;
    entry.seenAt = now;
    seen.set(entry.found.actor.sessionId, { at: now, address });
  };
  const writeSeen = () => {
    if (seen.size === 0) return;
    const uses = new Map(seen);
    seen.clear();
    // Only the time of last use: missing one is harmless, and the next use writes it again.
    writing = db
      .system('sessions of every organization were used', (tx) => touchSessions(tx, uses))
      .catch(() => undefined);
  };
  const timer = setInterval(writeSeen, WRITE_SEEN_EVERY_MS);
  timer.unref();

  return {
    authenticate: (credential, address) => {
      const key = tokenKey(credential.token);
      const hit = kept.get(key);
      const now = clock.now();
      // A clock that was set back makes nothing fresh for longer.
      const fresh = hit !== undefined && now >= hit.freshFrom && now < hit.freshUntil;
      if (fresh && hit.kind === credential.kind) {
        note(hit, now, address);
        return hit.found;
      }
      const shared = `${credential.kind}${key}`;
      const judged = dead.get(shared);
      if (judged !== undefined && now >= judged && now < judged + DEAD_MS) return undefined;
      const already = pending.get(shared);
      if (already !== undefined) return already;
      const seconds = brake.wait(address, key);
      if (seconds > 0)
        throw refuse('too_many_strangers', { values: { seconds }, extra: { retryAfter: seconds } });
      const asked = look(credential, key, address).finally(() => {
        if (pending.get(shared) === asked) pending.delete(shared);
      });
      pending.set(shared, asked);
      return asked;
    },
    close: async () => {
      clearInterval(timer);
      stop();
      writeSeen();
      await writing;
    },
  };
}

function actorOf(row: LiveSession): PersonActor {
  return Object.freeze<PersonActor>({
    kind: 'person',
    personId: row.person_id,
    organizationId: row.organization_id,
    email: row.email,
    name: row.name,
    role: row.role,
    groups: Object.freeze(row.groups),
    attributes: Object.freeze(row.attributes),
    sessionId: row.id,
    via: row.kind,
    operator: row.operator,
  });
}
