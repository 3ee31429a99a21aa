import { ConnectorError } from './port.ts';

/** One connection that is running something. */
export interface Running {
  dead: boolean;
  /** Lets what is still arriving flow, so that the engine can end. */
  drain(): void;
  destroy(): void;
}

/** How long the engine may go on after its own time limit, or after a cancel, before we hang up. */
const GRACE_MS = 1_000;

export interface RunWatch {
  /** Cancels at the engine and gives the connection up. The first reason counts. */
  stop(reason: ConnectorError): void;
  /** The run has ended by itself. */
  done(): void;
}

/**
 * Watches one run on one connection: an abort, or a deadline that the engine missed (a reader that stopped reading
 * blocks it), cancels at the engine and hangs up. The connection is never lent again: a cancel that comes late must
 * not hit another run.
 */
export function watchRun(
  session: Running,
  cancel: () => Promise<void>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  onStop: (reason: ConnectorError) => void,
  live: Set<RunWatch>,
): RunWatch {
  let ended = false;
  const watch: RunWatch = {
    stop: (reason) => stop(reason),
    done: () => done(),
  };
  const done = () => {
    ended = true;
    live.delete(watch);
    clearTimeout(deadline);
    signal?.removeEventListener('abort', abort);
  };
  const stop = (reason: ConnectorError) => {
    if (ended) return;
    done();
    session.dead = true;
    session.drain();
    const hangUp = setTimeout(() => session.destroy(), GRACE_MS);
    hangUp.unref();
    cancel().then(
      () => setTimeout(() => session.destroy(), 50).unref(),
      () => session.destroy(),
    );
    onStop(reason);
  };
  const abort = () => stop(new ConnectorError('run_cancelled'));
  const deadline = setTimeout(
    () => stop(new ConnectorError('source_timeout', 'The run took longer than its time limit.')),
    timeoutMs + GRACE_MS,
  );
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  if (!ended) live.add(watch);
  return watch;
}

/** Ends every run that is going on, at the engine: the target was changed, paused or removed. */
export function stopAll(live: ReadonlySet<RunWatch>): void {
  for (const watch of [...live])
    watch.stop(new ConnectorError('run_cancelled', 'The source was changed, paused or removed.'));
}
