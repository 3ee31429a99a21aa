/**
 * Above this many bytes waiting, the source is told to pause; it goes on when the reader has taken them. That is after each
 * read of a socket (64 KB) at the latest. Waiting for four times as many cost three times the processor time: the engine and
 * the allocator keep what is longer than some 128 KB apart, in memory that is asked of the system anew for each.
 */
const HIGH_WATER = 32 * 1024;

export interface RowSource {
  pause(): void;
  resume(): void;
  /** The reader left before the end. */
  abandon(): void;
  /** The reader is done with all that has come. */
  delivered(): void;
}

/**
 * Rows between a source that pushes and a reader that pulls. A batch is whatever has come since the last one: the
 * first is small and early, later ones grow with the reader's pace, and memory stays flat because the source pauses.
 */
export class RowQueue implements AsyncIterable<readonly string[]> {
  #rows: string[] = [];
  #bytes = 0;
  #paused = false;
  #pausedAt = 0;
  #done = false;
  #complete = false;
  #failure: { error: unknown } | undefined;
  #waiter: (() => void) | undefined;
  #scheduled = false;
  #first = true;
  #given = false;
  readonly #source: RowSource;

  constructor(source: RowSource) {
    this.#source = source;
  }

  /** For how long the reader has kept the source waiting; 0 while it does not. Milliseconds. */
  get standing(): number {
    return this.#paused ? performance.now() - this.#pausedAt : 0;
  }

  push(row: string, bytes: number): void {
    this.#rows.push(row);
    this.#bytes += bytes;
    if (this.#bytes > HIGH_WATER && !this.#paused && !this.#complete) {
      this.#paused = true;
      this.#pausedAt = performance.now();
      this.#source.pause();
    }
    this.#wake();
  }

  /**
   * The source has sent all that it will: its connection is not this queue's to hold any more. A slow reader, or one
   * that left, would otherwise keep the next run on that connection waiting.
   */
  complete(): void {
    this.#complete = true;
    if (!this.#paused) return;
    this.#paused = false;
    this.#source.resume();
  }

  end(): void {
    this.#done = true;
    this.#wake();
  }

  /** Rows that were not yet taken are dropped: an answer that failed must not look longer than it is useful. */
  fail(error: unknown): void {
    if (this.#done) return;
    this.#failure = { error };
    this.end();
  }

  /** The first batch goes at the end of the read from the socket; later ones wait for all that can be read now. */
  #wake(): void {
    if (this.#waiter === undefined || this.#scheduled) return;
    this.#scheduled = true;
    const wake = () => {
      this.#scheduled = false;
      const waiter = this.#waiter;
      this.#waiter = undefined;
      waiter?.();
    };
    if (this.#first || this.#done) queueMicrotask(wake);
    else setImmediate(wake);
    this.#first = false;
  }

  [Symbol.asyncIterator](): AsyncIterator<readonly string[], void, void> {
    return { next: () => this.#next(), return: () => this.#left() };
  }

  /** By hand: of an answer of one row, a generator would be a third of the promises. */
  async #next(): Promise<IteratorResult<readonly string[], void>> {
    if (this.#given && this.#rows.length === 0) this.#source.delivered();
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#rows.length > 0) return { done: false, value: this.#taken() };
      if (this.#done) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#waiter = resolve;
      });
    }
  }

  #taken(): readonly string[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#bytes = 0;
    this.#given = true;
    if (this.#paused) {
      this.#paused = false;
      this.#source.resume();
    }
    return rows;
  }

  /** A reader that leaves early leaves the source's work behind. */
  async #left(): Promise<IteratorResult<readonly string[], void>> {
    if (this.#failure === undefined && !(this.#done && this.#rows.length === 0)) this.#source.abandon();
    return { done: true, value: undefined };
  }
}
