import type { LeasePool } from '../lease-pool.ts';
import type { ConnectorError, Dial } from '../port.ts';
import { RunWatch } from '../run-watch.ts';
import { targetClosed } from '../target-closed.ts';
import { cancelSession } from './cancel.ts';
import type { OwnProcesses } from './own-process.ts';
import type { PostgresTarget, Session } from './session.ts';

/** What a run needs of the target it runs at. */
export interface Lane {
  readonly target: PostgresTarget;
  readonly dial: Dial;
  readonly sessions: LeasePool<Session>;
  readonly processes: OwnProcesses;
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
  more: { readonly standing?: () => number } = {},
): RunWatch {
  const { live, target, dial } = lane;
  const cancel = () => cancelSession(session, target, dial);
  const onLate = () => lane.sessions.doubtIdle();
  const watch = new RunWatch({ session, cancel, timeoutMs, signal, onStop, onLate, live, ...more });
  // It was lent before the pool was closed, and is in use only now.
  if (lane.sessions.closed.aborted) watch.stop(targetClosed());
  return watch;
}
