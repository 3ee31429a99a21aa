import { ConnectorError } from './port.ts';
import { targetClosed } from './target-closed.ts';

export interface LeasePoolOptions<T> {
  readonly max: number;
  /** How many may wait for a connection, and for how long. */
  readonly maxWaiting: number;
  readonly waitMs: number;
  readonly idleMs: number;
  open(signal: AbortSignal): Promise<T>;
  /** Ends it at once; never throws. */
  discard(connection: T): void;
}

interface Waiter<T> {
  give(connection: T): void;
  refuse(error: Error): void;
  readonly open: () => void;
}

/** A small bounded pool of connections to one target. A connection is lent to one run at a time. */
export class LeasePool<T extends object> {
  readonly #options: LeasePoolOptions<T>;
  readonly #idle: { connection: T; timer: NodeJS.Timeout }[] = [];
  readonly #waiting: Waiter<T>[] = [];
  readonly #stop = new AbortController();
  readonly #all = new Set<T>();
  #opening = 0;

  constructor(options: LeasePoolOptions<T>) {
    this.#options = options;
  }

  /** An idle connection, or a new one, or the next that becomes free; `fresh` skips the idle ones. */
  async acquire(signal?: AbortSignal, fresh = false): Promise<T> {
    if (this.#stop.signal.aborted) throw targetClosed();
    if (signal?.aborted === true) throw new ConnectorError('run_cancelled');
    const idle = fresh ? undefined : this.#idle.pop();
    if (idle !== undefined) {
      clearTimeout(idle.timer);
      return idle.connection;
    }
    if (fresh) this.#dropOneIdle();
    if (this.#all.size + this.#opening < this.#options.max) return this.#open(signal);
    if (this.#waiting.length >= this.#options.maxWaiting) throw busy();
    return this.#wait(signal);
  }

  /** Gives a connection back. One that is not `clean` is ended: its session state is unknown. */
  release(connection: T, clean: boolean): void {
    if (!this.#all.has(connection)) return;
    if (!clean || this.#stop.signal.aborted) {
      this.remove(connection);
      return;
    }
    const waiter = this.#waiting.shift();
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
    const at = this.#idle.findIndex((one) => one.connection === connection);
    if (at >= 0) clearTimeout(this.#idle.splice(at, 1)[0]?.timer);
    this.#options.discard(connection);
    this.#waiting.shift()?.open();
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

  async #open(signal?: AbortSignal): Promise<T> {
    this.#opening += 1;
    try {
      const both = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
      const connection = await this.#options.open(both);
      this.#all.add(connection);
      if (this.#stop.signal.aborted) {
        this.remove(connection);
        throw targetClosed();
      }
      return connection;
    } catch (error) {
      queueMicrotask(() => this.#waiting.shift()?.open());
      throw error;
    } finally {
      this.#opening -= 1;
    }
  }

  #wait(signal?: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        const at = this.#waiting.indexOf(waiter);
        if (at >= 0) this.#waiting.splice(at, 1);
      };
      const waiter: Waiter<T> = {
        give: (connection) => {
          settle();
          resolve(connection);
        },
        refuse: (error) => {
          settle();
          reject(error);
        },
        open: () => {
          settle();
          this.#open(signal).then(resolve, reject);
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
