import type { Clock } from '../../kernel/clock.ts';
import type { Db } from '../../platform/db/db.ts';
import type { SessionLimits } from './session.ts';
import { findLiveSessions } from './sessions.store.ts';
import type { LiveSession } from './sessions.table.ts';

/** As many as `lookUp` has connections. */
const AT_ONCE = 2;

/**
 * Finds the sessions in force, each by the hash of its token. What is asked for while as many questions as may be are under
 * way goes together into the next: people who work at the same time come to be asked for at the same time, and one by one,
 * 200 of them waited for each other most of a second.
 */
export function createSessionFinder(deps: {
  readonly db: Db;
  readonly clock: Clock;
  readonly limits: SessionLimits;
}): (tokenHash: Buffer) => Promise<LiveSession | undefined> {
  const { db, clock, limits } = deps;
  let waiting = new Map<string, PromiseWithResolvers<LiveSession | undefined>>();
  let underWay = 0;

  const ask = async () => {
    const asked = waiting;
    waiting = new Map();
    underWay++;
    try {
      const hashes = [...asked.keys()].map((key) => Buffer.from(key, 'base64'));
      const rows = await db.lookUp('tokens name their organizations', (tx) =>
        findLiveSessions(tx, hashes, clock.now(), limits),
      );
      const found = new Map(rows.map((row) => [keyOf(row.token_hash), row]));
      for (const [key, answer] of asked) answer.resolve(found.get(key));
    } catch (error) {
      for (const answer of asked.values()) answer.reject(error);
    } finally {
      underWay--;
      if (waiting.size > 0) void ask();
    }
  };

  return (tokenHash) => {
    const key = keyOf(tokenHash);
    const answer = waiting.get(key) ?? Promise.withResolvers<LiveSession | undefined>();
    waiting.set(key, answer);
    if (underWay < AT_ONCE) void ask();
    return answer.promise;
  };
}

const keyOf = (tokenHash: Buffer) => tokenHash.toString('base64');
