import { LRUCache } from 'lru-cache';
import type { OrganizationId, SessionId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { notify } from '../../platform/db/notifications.ts';

export const CHANNEL = 'sallyport_identity';

/** Sessions that ended, or a person of an organization whose rights changed: told to every node when the change commits. */
export type IdentityChange =
  | { readonly kind: 'ended'; readonly sessions: readonly SessionId[] }
  /** A node of the version before names no organization. */
  | { readonly kind: 'changed'; readonly organization?: OrganizationId };

const IDS_A_MESSAGE = 150; // 150 UUIDs stay under NOTIFY's 8000 bytes

export async function announce(tx: Tx, change: IdentityChange): Promise<void> {
  if (change.kind === 'changed') return notify(tx, CHANNEL, JSON.stringify(change));
  for (let at = 0; at < change.sessions.length; at += IDS_A_MESSAGE) {
    const sessions = change.sessions.slice(at, at + IDS_A_MESSAGE);
    await notify(tx, CHANNEL, JSON.stringify({ kind: 'ended', sessions }));
  }
}

/** What is under way in the name of a session on this node, and is to stop when the session ends. */
export interface Revocations {
  watch(sessionId: SessionId, abort: () => void): () => void;
  ended(sessionIds: readonly SessionId[]): void;
  /** Nobody can say whether they ended: what is under way stops, and what begins is for its own look at them to decide. */
  doubted(sessionIds: readonly SessionId[]): void;
  watched(): readonly SessionId[];
}

interface Watcher {
  /** Let go at the end: tables that the set has outgrown still hold the watcher (0019). */
  abort: (() => void) | null;
}

export function createRevocations(): Revocations {
  const watching = new Map<SessionId, Set<Watcher>>();
  // Remembers who was ended lately, for work that was admitted just before and begins to watch just after.
  const lately = new LRUCache<SessionId, true>({ max: 10_000, ttl: 120_000 });
  const stop = (id: SessionId) => {
    const set = watching.get(id);
    watching.delete(id);
    for (const watcher of set ?? []) watcher.abort?.();
  };
  return {
    watch: (sessionId, abort) => {
      if (lately.has(sessionId)) {
        abort();
        return () => undefined;
      }
      const set = watching.get(sessionId) ?? new Set();
      const watcher: Watcher = { abort };
      watching.set(sessionId, set.add(watcher));
      return () => {
        watcher.abort = null;
        set.delete(watcher);
        if (set.size === 0 && watching.get(sessionId) === set) watching.delete(sessionId);
      };
    },
    ended: (sessionIds) => {
      for (const id of sessionIds) {
        lately.set(id, true);
        stop(id);
      }
    },
    doubted: (sessionIds) => sessionIds.forEach(stop),
    watched: () => [...watching.keys()],
  };
}
