import { ConnectorError } from './port.ts';
import { targetClosed } from './target-closed.ts';

/** One connection that is running something. */
export interface Running {
  dead: boolean;
  /** Its connection is closed: nobody has anything to ask or to hear on it. */
  readonly ended: boolean;
  /** Lets what is still arriving flow, so that the engine can end. */
  drain(): void;
  destroy(): void;
}

/** How long the engine may go on after its own time limit, or after a cancel, before we hang up. */
export const GRACE_MS = 1_000;

interface Watched {
  readonly session: Running;
  readonly cancel: () => Promise<void>;
  readonly timeoutMs: number;
  /** How long the connection stays after a cancel, for whoever still has to ask on it. */
  readonly lingerMs?: number;
  readonly signal: AbortSignal | undefined;
  readonly onStop: (reason: ConnectorError) => void;
  /** The engine missed the deadline. */
  readonly onLate?: () => void;
  /** For how long a reader has kept the source waiting, of a run that streams. Milliseconds. */
  readonly standing?: () => number;
  /** The runs that are going on. */
  readonly live: Set<RunWatch>;
}

/**
 * Watches one run on one connection: an abort, or a deadline that the engine missed (a reader that stopped reading
 * blocks it), cancels at the engine and hangs up. The connection is never lent again: a cancel that comes late must
 * not hit another run. What it watches is let go at the end: tables that `live` has outgrown still hold the watch (0019).
 */
export class RunWatch {
  #watched: Watched | undefined;
  readonly #deadline: NodeJS.Timeout;
  readonly #abort = () => this.stop(new ConnectorError('run_cancelled'));

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#deadline = setTimeout(() => this.#late(), watched.timeoutMs + GRACE_MS);
    watched.live.add(this);
    watched.signal?.addEventListener('abort', this.#abort, { once: true });
    if (watched.signal?.aborted === true) this.#abort();
  }

  get standing(): number {
    return this.#watched?.standing?.() ?? 0;
  }

  /** Cancels at the engine and gives the connection up. The first reason counts. */
  stop(reason: ConnectorError): void {
    const watched = this.#watched;
    if (watched === undefined) return;
    this.done();
    const { session, cancel, onStop, lingerMs = 50 } = watched;
    session.dead = true;
    session.drain();
    const hangUp = setTimeout(() => session.destroy(), GRACE_MS);
    hangUp.unref();
    // An engine that had not begun with the statement took the cancel for nothing, and would run it to its end. How long it
    // needs to begin is not known, and once we have hung up nothing tells of it.
    const cancelAgain = () => {
      if (session.ended) return;
      session.destroy();
      const again = () => void cancel().catch(() => undefined);
      again();
      setTimeout(again, GRACE_MS).unref();
    };
    cancel().then(
      () => setTimeout(cancelAgain, lingerMs).unref(),
      () => session.destroy(),
    );
    onStop(reason);
  }

  #late(): void {
    this.#watched?.onLate?.();
    this.stop(new ConnectorError('source_timeout', 'The run exceeded its time limit.'));
  }

  /** The run has ended by itself. */
  done(): void {
    clearTimeout(this.#deadline);
    this.#watched?.live.delete(this);
    this.#watched?.signal?.removeEventListener('abort', this.#abort);
    this.#watched = undefined;
  }
}

/** A reader that has kept the source waiting for so long makes way for somebody who waits. Milliseconds. */
const STANDS_STILL_MS = 5_000;

/** Somebody has waited in vain for a connection: ends the run whose reader has stood still for longest, if one has for long. */
export function makeWay(live: ReadonlySet<RunWatch>): void {
  const [longest] = [...live].sort((a, b) => b.standing - a.standing);
  if (longest !== undefined && longest.standing >= STANDS_STILL_MS)
    longest.stop(new ConnectorError('run_stood_still'));
}

/** Ends every run that is going on, at the engine: the target was changed, paused or removed. */
export function stopAll(live: ReadonlySet<RunWatch>): void {
  for (const watch of [...live]) watch.stop(targetClosed());
}
