import { ConnectorError } from './port.ts';
import { targetClosed } from './target-closed.ts';

export interface LeasePoolOptions<T> {
  readonly max: number;
  /** How many one holder may have at once, of those that say who they are: the rest stay for others. */
  readonly maxEach: number;
  /** How many may wait for a connection, and for how long. */
  readonly maxWaiting: number;
  readonly waitMs: number;
  readonly idleMs: number;
  open(signal: AbortSignal): Promise<T>;
  /** Ends it at once; never throws. */
  discard(connection: T): void;
}

interface Waiter<T> {
  readonly holder: string | undefined;
  give(connection: T): void;
  refuse(error: Error): void;
  readonly open: () => void;
}

/** A small bounded pool of connections to one target. A connection is lent to one run at a time, and not all of them to one holder. */
export class LeasePool<T extends object> {
  readonly #options: LeasePoolOptions<T>;
  readonly #idle: { connection: T; timer: NodeJS.Timeout }[] = [];
  readonly #waiting: Waiter<T>[] = [];
  readonly #stop = new AbortController();
  readonly #all = new Set<T>();
  /** Who has each lent connection, and how many each has, those being opened included. */
  readonly #holders = new Map<T, string>();
  readonly #held = new Map<string, number>();
  #opening = 0;

  constructor(options: LeasePoolOptions<T>) {
    this.#options = options;
  }

  /**
   * An idle connection, or a new one, or the next that becomes free; `fresh` skips the idle ones. A holder who has as many
   * as one may have waits for one of theirs.
   */
  async acquire(signal?: AbortSignal, fresh = false, holder?: string): Promise<T> {
    if (this.#stop.signal.aborted) throw targetClosed();
    if (signal?.aborted === true) throw new ConnectorError('run_cancelled');
    if (this.#mayHold(holder)) {
      const idle = fresh ? undefined : this.#idle.pop();
      if (idle !== undefined) {
        clearTimeout(idle.timer);
        this.#count(holder, 1);
        return this.#lend(idle.connection, holder);
      }
      if (fresh) this.#dropOneIdle();
      if (this.#all.size + this.#opening < this.#options.max) return this.#open(signal, holder);
    }
    if (this.#waiting.length >= this.#options.maxWaiting) throw busy();
    return this.#wait(signal, holder);
  }

  /** Gives a connection back. One that is not `clean` is ended: its session state is unknown. */
  release(connection: T, clean: boolean): void {
    if (!this.#all.has(connection)) return;
    if (!clean || this.#stop.signal.aborted) {
      this.remove(connection);
      return;
    }
    this.#takeBack(connection);
    const waiter = this.#next();
    if (waiter !== undefined) {
      waiter.give(connection);
      return;
    }
    const timer = setTimeout(() => this.remove(connection), this.#options.idleMs);
    timer.unref();
    this.#idle.push({ connection, timer });
  }

  /** Ends a connection, idle or lent, and lets the next waiter open one in its place. */
  remove(connection: T): void {
    if (!this.#all.delete(connection)) return;
    this.#takeBack(connection);
    const at = this.#idle.findIndex((one) => one.connection === connection);
    if (at >= 0) clearTimeout(this.#idle.splice(at, 1)[0]?.timer);
    this.#options.discard(connection);
    this.#next()?.open();
  }

  /** Ends what is idle now and what is lent when it comes back; whoever lent it ends it sooner if need be. */
  close(): void {
    this.#stop.abort();
    for (const waiter of this.#waiting.splice(0)) waiter.refuse(targetClosed());
    for (const { connection } of [...this.#idle]) this.remove(connection);
  }

  #dropOneIdle(): void {
    const [oldest] = this.#idle;
    if (oldest !== undefined) this.remove(oldest.connection);
  }

  #mayHold(holder: string | undefined): boolean {
    return holder === undefined || (this.#held.get(holder) ?? 0) < this.#options.maxEach;
  }

  #count(holder: string | undefined, by: 1 | -1): void {
    if (holder === undefined) return;
    const held = (this.#held.get(holder) ?? 0) + by;
    if (held === 0) this.#held.delete(holder);
    else this.#held.set(holder, held);
  }

  #lend(connection: T, holder: string | undefined): T {
    if (holder !== undefined) this.#holders.set(connection, holder);
    return connection;
  }

  #takeBack(connection: T): void {
    this.#count(this.#holders.get(connection), -1);
    this.#holders.delete(connection);
  }

  /** The first who waits and may have one. */
  #next(): Waiter<T> | undefined {
    return this.#waiting.find((waiter) => this.#mayHold(waiter.holder));
  }

  async #open(signal: AbortSignal | undefined, holder: string | undefined): Promise<T> {
    this.#opening += 1;
    this.#count(holder, 1);
    try {
      const both = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
      const connection = await this.#options.open(both);
      this.#all.add(connection);
      if (this.#stop.signal.aborted) {
        this.remove(connection);
        throw targetClosed();
      }
      return this.#lend(connection, holder);
    } catch (error) {
      this.#count(holder, -1);
      queueMicrotask(() => this.#next()?.open());
      throw error;
    } finally {
      this.#opening -= 1;
    }
  }

  #wait(signal: AbortSignal | undefined, holder: string | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        const at = this.#waiting.indexOf(waiter);
        if (at >= 0) this.#waiting.splice(at, 1);
      };
      const waiter: Waiter<T> = {
        holder,
        give: (connection) => {
          settle();
          this.#count(holder, 1);
          resolve(this.#lend(connection, holder));
        },
        refuse: (error) => {
          settle();
          reject(error);
        },
        open: () => {
          settle();
          this.#open(signal, holder).then(resolve, reject);
        },
      };
      const abort = () => waiter.refuse(new ConnectorError('run_cancelled'));
      const timer = setTimeout(() => waiter.refuse(busy()), this.#options.waitMs);
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.push(waiter);
    });
  }
}

const busy = () =>
  new ConnectorError('source_timeout', 'All connections to the source are in use; none became free in time.');
