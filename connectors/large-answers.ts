import { LeasePool } from './lease-pool.ts';
import { ConnectorError } from './port.ts';

/** Of an answer in one piece, or of a row: what is larger needs a place before more of it is read. */
export const LARGE_BYTES = 1024 * 1024;
/** What turned out to be no larger needs none once it is whole, so that slow readers of such do not wait for each other. */
export const LIGHT_BYTES = 4 * LARGE_BYTES;

/** So many at once on this node, of which one person has half: each may come to several times its 16 or 32 MiB while it is read. */
const PLACES = { max: 4, maxEach: 2, maxWaiting: 1_000, maxWaitingEach: 100, waitMs: 10_000, idleMs: 60_000 };

/** Where large parts of answers are held, for all sources of this node: their number is what bounds its memory. */
export class LargeAnswers {
  readonly #places = new LeasePool<object>({
    ...PLACES,
    open: async () => ({}),
    discard: () => undefined,
    busy: () => new ConnectorError('run_limit_large'),
  });

  #taken = 0;

  /** Whether somebody waits for a place. */
  get wanted(): boolean {
    return this.#places.hasWaiting;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Gives the place back. Refuses with `run_limit_large` when none became free in time, and with `run_cancelled`. */
  async take(holder: string | undefined, signal: AbortSignal | undefined): Promise<() => void> {
    const place = await this.#places.acquire(signal, false, holder);
    this.#taken += 1;
    return () => {
      this.#taken -= 1;
      this.#places.release(place, true);
    };
  }
}

export const largeAnswers = new LargeAnswers();

/** The place of one run: taken while something large of its answer is read or not yet delivered. */
export class Place {
  readonly #holder: string | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #of: LargeAnswers;
  #release: (() => void) | undefined;
  #over = false;
  /** A row that is not light came whole and is not yet delivered. */
  heavy = false;

  constructor(holder: string | undefined, signal: AbortSignal | undefined, of = largeAnswers) {
    this.#holder = holder;
    this.#signal = signal;
    this.#of = of;
  }

  get taken(): boolean {
    return this.#release !== undefined;
  }

  async take(): Promise<void> {
    const release = await this.#of.take(this.#holder, this.#signal);
    if (this.#over) release();
    else this.#release = release;
  }

  /** Until it is taken again. */
  letGo(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** For good: one that is still to come is given back at once. */
  end(): void {
    this.#over = true;
    this.letGo();
  }
}
