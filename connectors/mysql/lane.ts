import type { LeasePool } from '../lease-pool.ts';
import type { ConnectorError, Dial, Target } from '../port.ts';
import { RunWatch } from '../run-watch.ts';
import { targetClosed } from '../target-closed.ts';
import { within } from '../within.ts';
import { statementFailure } from './map-error.ts';
import { openSession, type Session } from './session.ts';

/** What a run needs of the target it runs at. */
export interface Lane {
  readonly target: Target;
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
  more: { readonly lingerMs?: number; readonly standing?: () => number } = {},
): RunWatch {
  const watch = new RunWatch({
    session,
    cancel: () => killQuery(lane, session),
    timeoutMs,
    signal,
    onStop,
    onLate: () => lane.sessions.doubtIdle(),
    live: lane.live,
    ...more,
  });
  // It was lent before the pool was closed, and is in use only now.
  if (lane.sessions.closed.aborted) watch.stop(targetClosed());
  return watch;
}

/** A proxy before several servers leads to one after another. */
const KILL_ATTEMPTS = 5;

/**
 * MySQL cancels by a statement from another connection of the same user. Behind a proxy that may lead to another server, where
 * the number is that of somebody else's run: it is asked again until it leads to the same one.
 */
async function killQuery(lane: Lane, session: Session): Promise<void> {
  const signal = AbortSignal.timeout(2_000);
  for (let attempt = 0; attempt < KILL_ATTEMPTS; attempt += 1) {
    const other = await openSession(lane.target, lane.dial, signal);
    try {
      if (!other.isAtServerOf(session)) continue;
      await other.command(`kill query ${Number(session.threadId)}`);
      return;
    } finally {
      other.destroy();
    }
  }
  throw new Error('another server');
}

/**
 * The time limit at the engine, and a cap that lets most over-long results end by themselves. It ends a recursion too: at the
 * thousandth step, MariaDB would leave out the rest without an error, and MySQL refuse what no query can ask more steps for.
 * Read-only is set for the session too: a procedure may commit our transaction, and then begins its own. A server may have
 * another isolation, in which there is no snapshot: a page and its total would be of two moments.
 */
export function limits(session: Session, timeoutMs: number, rows: number, readOnly: boolean): string {
  const transaction = session.isMariadb ? 'tx' : 'transaction';
  const settings = [
    session.isMariadb
      ? `max_statement_time = ${(timeoutMs / 1_000).toFixed(3)}`
      : `max_execution_time = ${Math.ceil(timeoutMs)}`,
    `sql_select_limit = ${rows}`,
    ...(readOnly ? [`${transaction}_read_only = 1`, `${transaction}_isolation = 'REPEATABLE-READ'`] : []),
  ];
  return `set session ${settings.join(', ')} ${session.isMariadb ? STEPS.mariadb : STEPS.mysql}`;
}

/** Where the server is new enough to know it. */
const STEPS = {
  mariadb: '/*M!100202 , max_recursive_iterations = 4294967295 */',
  mysql: '/*!80003 , cte_max_recursion_depth = 4294967295 */',
} as const;

/** The connection turned out to be gone before anything of the run was sent. */
export class LostBeforeStart extends Error {}

/** The first thing that a run sends: it also finds out whether the connection, idle until now, is still there. */
export async function start(session: Session, setLimits: string): Promise<void> {
  try {
    await session.command(setLimits);
  } catch (error) {
    const failure = statementFailure(error, []);
    throw failure.code === 'source_unreachable' ? new LostBeforeStart('', { cause: failure }) : error;
  }
}

/** For what makes a session ready for the next run. */
const RESET_MS = 10_000;

/** Resets the session after the answer, so that nobody waits for it, and lends it again. */
export function giveBack(lane: Lane, session: Session): void {
  if (session.dead) {
    lane.sessions.release(session, false);
    return;
  }
  within(RESET_MS, session.reset(), () => new Error('timeout')).then(
    () => lane.sessions.release(session, !session.dead),
    () => lane.sessions.release(session, false),
  );
}
