import type { LeasePool } from '../lease-pool.ts';
import type { ConnectorError, Dial } from '../port.ts';
import { RunWatch } from '../run-watch.ts';
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
  const { live, target, dial } = lane;
  const cancel = () => cancelSession(session, target, dial);
  return new RunWatch({ session, cancel, timeoutMs, signal, onStop, live });
}
