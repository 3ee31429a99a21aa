import { type Clock, systemClock } from '../../kernel/clock.ts';
import type { SessionId } from '../../kernel/ids.ts';
import type { Db } from '../../platform/db/db.ts';
import type { Notifications } from '../../platform/db/notifications.ts';
import { type Authenticated, type Credential, createAuthenticator } from './authenticate.ts';
import { createRevocations } from './revocations.ts';
import { SESSION_LIMITS, type SessionLimits } from './session.ts';

export type { Authenticated, Credential } from './authenticate.ts';
export { refuse } from './refusals.ts';

/** What identity needs of the rest. */
export interface IdentityDeps {
  readonly db: Db;
  readonly notifications: Notifications;
  readonly clock?: Clock;
  readonly limits?: SessionLimits;
}

/** Who people are, and by what they prove it. */
export interface Identity {
  /** Who a cookie or an API token stands for now; at once when it is in memory. A revoked one is refused within a second everywhere. */
  authenticate(
    credential: Credential,
    address: string,
  ): Authenticated | undefined | Promise<Authenticated | undefined>;
  /** Calls `abort` when the session ends, at once when it just did; returns the way to stop listening. */
  onRevoked(sessionId: SessionId, abort: () => void): () => void;
  /** Writes what is buffered and stops listening. */
  close(): Promise<void>;
}

/** Composes the context. */
export async function createIdentity(deps: IdentityDeps): Promise<Identity> {
  const { clock = systemClock, limits = SESSION_LIMITS } = deps;
  const revocations = createRevocations();
  const authenticator = await createAuthenticator({ ...deps, clock, limits, revocations });
  return {
    authenticate: authenticator.authenticate,
    onRevoked: revocations.watch,
    close: authenticator.close,
  };
}
