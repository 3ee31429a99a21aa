import { Holders } from './holders.ts';
import { ConnectorError } from './port.ts';
import { targetClosed } from './target-closed.ts';

export interface LeasePoolOptions<T> {
  readonly max: number;
  /** How many one holder may have at once, of those that say who they are: the rest stay for others. */
  readonly maxEach: number;
  /** How many may wait for a connection, beside those for whom one is being opened, of one holder, and for how long. */
  readonly maxWaiting: number;
  readonly maxWaitingEach: number;
  readonly waitMs: number;
  readonly idleMs: number;
  open(signal: AbortSignal): Promise<T>;
  /** Ends it at once; never throws. */
  discard(connection: T): void;
  /** Resolves once the source has answered on it: asked of one that was idle for a while, before it is lent. */
  ask?(connection: T): Promise<unknown>;
  /** Somebody who may have one has waited for half of their time. */
  scarce?(): void;
  /** What is told to whom none became free in time. */
  busy?(): ConnectorError;
}

/** Of a database: ten connections, of which one holder has eight at most, and 500 may wait for 10 s. */
export const DATABASE_LEASES = {
  max: 10,
  maxEach: 8,
  maxWaiting: 500,
  maxWaitingEach: 100,
  waitMs: 10_000,
  idleMs: 60_000,
} as const;

interface Waiter<T> {
  readonly holder: string | undefined;
  give(connection: T): void;
  refuse(error: unknown): void;
}

/**
 * One that was idle for so long is asked whether it is still there, and for how long: a network that went silent ends no
 * connection, and each would hold a run until its time limit. Runs that follow each other sooner pay nothing. Milliseconds.
 */
const ASK_AFTER_MS = 5_000;
const ANSWER_MS = 2_000;

/** A source that opens no more, while connections to it are in use, is not asked again sooner. Milliseconds. */
const ASK_AGAIN_MS = 1_000;

/**
 * A small bounded pool of connections to one target. A connection is lent to one run at a time, and not all of them to one
 * holder. Whoever finds none idle waits, and gets what is there first: one that was opened for those who wait, or one that
 * became free. So a source that allows fewer connections than the bound costs time and no runs.
 */
export class LeasePool<T extends object> {
  readonly #options: LeasePoolOptions<T>;
  /** Those given back first stand first; `since` as `performance.now()` tells it. */
  readonly #idle: { readonly connection: T; readonly since: number }[] = [];
  /** What has been idle since before this is asked, however short that is. */
  #doubtedAt = Number.NEGATIVE_INFINITY;
  /** One for all that are idle: one for each run would be set and taken back thousands of times a second. */
  #sweep: NodeJS.Timeout | undefined;
  readonly #waiting: Waiter<T>[] = [];
  readonly #stop = new AbortController();
  readonly #all = new Set<T>();
  readonly #holders: Holders<T>;
  #opening = 0;
  /** Of these, for whoever waits. */
  #coming = 0;
  /** Since one could be opened, or who waited was refused: how many could not, and how many were tried at once. */
  #failed = 0;
  #atOnce = 0;
  /** How many are tried at once: one after one that could not be opened, and twice as many after each that could. */
  #most: number;
  /** Why the source opened no more, and when. */
  #refused: { readonly error: unknown; readonly at: number } | undefined;
  /** Asks it again for those who wait: nobody else may come who would. */
  #again: NodeJS.Timeout | undefined;

  constructor(options: LeasePoolOptions<T>) {
    this.#options = options;
    this.#holders = new Holders(options.maxEach);
    this.#most = options.max;
  }

  /** Aborted when the pool is closed. */
  get closed(): AbortSignal {
    return this.#stop.signal;
  }

  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * An idle connection, or the first that is opened or becomes free; `fresh` opens one where it can. A holder who has as
   * many as one may have waits for one of theirs.
   */
  async acquire(signal?: AbortSignal, fresh = false, holder?: string): Promise<T> {
    if (this.#stop.signal.aborted) throw targetClosed();
    if (signal?.aborted === true) throw new ConnectorError('run_cancelled');
    if (this.#holders.may(holder)) {
      const idle = fresh ? undefined : this.#idle.pop();
      if (idle !== undefined) {
        const connection = this.#holders.lend(idle.connection, holder);
        if (!this.#isDoubtful(idle.since) || (await this.#isThere(connection, idle.since, signal)))
          return connection;
      }
      if (fresh) {
        this.#dropOneIdle();
        if (this.#hasRoom) return this.#openFresh(signal, holder);
      }
    }
    if (this.#waiting.length - this.#coming >= this.#options.maxWaiting) throw this.#busy();
    if (holder !== undefined && this.#waitingOf(holder) >= this.#options.maxWaitingEach) throw this.#busy();
    const turn = this.#wait(signal, holder);
    this.#openForWaiting();
    return turn;
  }

  /** Gives a connection back. One that is not `clean` is ended: its session state is unknown. */
  release(connection: T, clean: boolean): void {
    this.#holders.takeBack(connection);
    if (clean) this.#hand(connection);
    else this.remove(connection);
  }

  /** Ends a connection, idle or lent, and lets who waits have another in its place. */
  remove(connection: T): void {
    if (!this.#all.delete(connection)) return;
    this.#holders.takeBack(connection);
    const at = this.#idle.findIndex((one) => one.connection === connection);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#options.discard(connection);
    const next = this.#next();
    const idle = this.#idle.at(-1);
    // Nobody is left waiting for one that may be gone: there is room for another now.
    if (next !== undefined && idle !== undefined && !this.#isDoubtful(idle.since)) {
      this.#idle.pop();
      next.give(idle.connection);
    }
    this.#openForWaiting();
  }

  /** Ends what is idle now and what is lent when it comes back; whoever lent it ends it sooner if need be. */
  close(): void {
    this.#stop.abort();
    for (const waiter of [...this.#waiting]) waiter.refuse(targetClosed());
    this.endIdle();
    clearTimeout(this.#sweep);
    clearTimeout(this.#again);
  }

  /** What is idle leads where nobody wants to go any more: the next run opens another. */
  endIdle(): void {
    for (const { connection } of [...this.#idle]) this.remove(connection);
  }

  /** A run got no answer on one: what is idle may be gone as well, and is asked before it is lent. */
  doubtIdle(): void {
    this.#doubtedAt = performance.now();
  }

  #busy(): ConnectorError {
    return (
      this.#options.busy?.() ??
      new ConnectorError(
        'source_busy',
        'All connections to the source are in use, and none became free in time.',
      )
    );
  }

  get #hasRoom(): boolean {
    return this.#all.size + this.#opening < this.#options.max;
  }

  #isDoubtful(since: number): boolean {
    if (this.#options.ask === undefined) return false;
    return since <= this.#doubtedAt || performance.now() - since >= ASK_AFTER_MS;
  }

  /** Asks one that is lent already. When it does not answer, neither will those that have been idle for longer. */
  async #isThere(connection: T, since: number, signal: AbortSignal | undefined): Promise<boolean> {
    if ((await this.#answers(connection, signal)) && this.#all.has(connection)) return true;
    this.remove(connection);
    if (signal?.aborted === true) throw new ConnectorError('run_cancelled');
    for (const one of this.#idle.filter((idle) => idle.since <= since)) this.remove(one.connection);
    if (this.#stop.signal.aborted) throw targetClosed();
    return false;
  }

  #answers(connection: T, signal: AbortSignal | undefined): Promise<boolean> {
    const ends = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
    return new Promise((resolve) => {
      const settle = (answered: boolean) => {
        clearTimeout(timer);
        ends.removeEventListener('abort', no);
        resolve(answered);
      };
      const no = () => settle(false);
      const timer = setTimeout(no, ANSWER_MS);
      ends.addEventListener('abort', no, { once: true });
      this.#options.ask?.(connection).then(() => settle(true), no);
    });
  }

  #dropOneIdle(): void {
    const [oldest] = this.#idle;
    if (oldest !== undefined) this.remove(oldest.connection);
  }

  #waitingOf(holder: string): number {
    return this.#waiting.reduce((count, waiter) => count + Number(waiter.holder === holder), 0);
  }

  /** Of those who wait and may have one, the first of whoever holds fewest: nobody waits behind all that others ask for. */
  #next(): Waiter<T> | undefined {
    let next: Waiter<T> | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const waiter of this.#waiting) {
      const held = this.#holders.held(waiter.holder);
      if (held >= fewest || !this.#holders.may(waiter.holder)) continue;
      next = waiter;
      fewest = held;
      if (held === 0) break;
    }
    return next;
  }

  /** How many of those who wait may have one. */
  get #wanted(): number {
    const left = new Map<string, number>();
    let wanted = 0;
    for (const { holder } of this.#waiting) {
      if (holder === undefined) {
        wanted += 1;
        continue;
      }
      const mine = left.get(holder) ?? this.#holders.left(holder);
      left.set(holder, mine - 1);
      if (mine > 0) wanted += 1;
    }
    return wanted;
  }

  #hand(connection: T): void {
    // It ended meanwhile.
    if (!this.#all.has(connection)) return;
    if (this.#stop.signal.aborted) {
      this.remove(connection);
      return;
    }
    const waiter = this.#next();
    if (waiter !== undefined) {
      waiter.give(connection);
      return;
    }
    this.#idle.push({ connection, since: performance.now() });
    this.#sweepLater();
  }

  #sweepLater(): void {
    const [oldest] = this.#idle;
    if (oldest === undefined || this.#sweep !== undefined) return;
    const { idleMs } = this.#options;
    const due = Math.max(0, oldest.since + idleMs - performance.now());
    this.#sweep = setTimeout(() => {
      this.#sweep = undefined;
      const now = performance.now();
      for (const { connection, since } of [...this.#idle]) if (since + idleMs <= now) this.remove(connection);
      this.#sweepLater();
    }, due);
    this.#sweep.unref();
  }

  #openForWaiting(): void {
    while (this.#coming < this.#most && this.#hasRoom && this.#wanted > this.#coming) {
      if (this.#refusedFor > 0) {
        this.#openLater(this.#refusedFor);
        return;
      }
      this.#coming += 1;
      this.#atOnce = Math.max(this.#atOnce, this.#coming);
      this.#open().then(
        (connection) => {
          this.#coming -= 1;
          this.#failed = 0;
          this.#atOnce = 0;
          this.#most = Math.min(this.#most * 2, this.#options.max);
          this.#hand(connection);
          this.#openForWaiting();
        },
        (error: unknown) => {
          this.#coming -= 1;
          this.#notOpened(error);
        },
      );
    }
  }

  /** How long it is not asked again; with none to wait for it is asked each time. */
  get #refusedFor(): number {
    if (this.#refused === undefined || this.#all.size + this.#opening === 0) return 0;
    return this.#refused.at + ASK_AGAIN_MS - performance.now();
  }

  #openLater(ms: number): void {
    this.#again ??= setTimeout(() => {
      this.#again = undefined;
      this.#openForWaiting();
    }, Math.ceil(ms)).unref();
  }

  /**
   * Nobody is refused while there is something to wait for. Then one is tried alone, since a source that counts those who
   * knock lets none of many in; and if that fails, as many are refused as could not be opened.
   */
  #notOpened(error: unknown): void {
    this.#refused = { error, at: performance.now() };
    this.#most = 1;
    this.#failed += 1;
    if (this.#coming > 0) return;
    const together = this.#atOnce > 1;
    this.#atOnce = 0;
    if (this.#all.size > 0) this.#failed = 0;
    else if (!together) {
      const refused = this.#waiting.slice(0, this.#failed);
      this.#failed = 0;
      for (const waiter of refused) waiter.refuse(error);
    }
    this.#openForWaiting();
  }

  async #openFresh(signal: AbortSignal | undefined, holder: string | undefined): Promise<T> {
    this.#holders.count(holder, 1);
    try {
      const connection = await this.#open(signal);
      return this.#holders.lend(connection, holder);
    } finally {
      this.#holders.count(holder, -1);
      this.#openForWaiting();
    }
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
      this.#refused = undefined;
      return connection;
    } finally {
      this.#opening -= 1;
    }
  }

  #wait(signal: AbortSignal | undefined, holder: string | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
      };
      const waiter: Waiter<T> = {
        holder,
        give: (connection) => {
          settle();
          resolve(this.#holders.lend(connection, holder));
        },
        refuse: (error) => {
          settle();
          reject(error);
        },
      };
      const abort = () => waiter.refuse(new ConnectorError('run_cancelled'));
      const half = this.#options.waitMs / 2;
      let timer = setTimeout(() => {
        timer = setTimeout(() => waiter.refuse(this.#refused?.error ?? this.#busy()), half);
        if (this.#holders.may(holder)) this.#options.scarce?.();
      }, half);
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.push(waiter);
    });
  }
}
