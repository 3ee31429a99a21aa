import type { LeasePool } from '../lease-pool.ts';
import type { ConnectorError, Dial } from '../port.ts';
import { type RunWatch, watchRun } from '../run-watch.ts';
import { cancelSession } from './cancel.ts';
import type { PostgresTarget, Session } from './session.ts';

/** What a run needs of the target it runs at. */
export interface Lane {
  readonly target: PostgresTarget;
  readonly dial: Dial;
  readonly sessions: LeasePool<Session>;
  /** The runs that are going on. */
  readonly live: Set<RunWatch>;
  /** Words that no message may hold. */
  readonly words: readonly string[];
}

export function watch(
  lane: Lane,
  session: Session,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  onStop: (reason: ConnectorError) => void,
): RunWatch {
  return watchRun(
    session,
    () => cancelSession(session, lane.target, lane.dial),
    timeoutMs,
    signal,
    onStop,
    lane.live,
  );
}
