import pg from 'pg';
import type { Log } from '../log/log.ts';
import type { Tx } from './db.ts';
import { sql } from './sql.ts';

/** What is done with messages, and with the times in which messages may be missed. */
export interface Listener {
  message(payload: string): void;
  /** Messages may be missed from now on: trust nothing that was kept because no message came. */
  lost(): void;
  /** Messages arrive again; what happened in between was not told. */
  restored(): void;
}

/** PostgreSQL's LISTEN on a connection of its own, which is checked and, when lost, opened again. */
export interface Notifications {
  /** Hears a channel until the returned function is called. */
  listen(channel: string, listener: Listener): Promise<() => void>;
  /** Whether a message sent now would arrive. */
  readonly connected: boolean;
  close(): Promise<void>;
}

export interface NotificationTimes {
  /** How often the connection is checked, and how long an answer may take: together, how long a dead one goes unnoticed. */
  readonly heartbeatMs: number;
  readonly timeoutMs: number;
  readonly retryMs: number;
}

const TIMES: NotificationTimes = { heartbeatMs: 1_000, timeoutMs: 1_000, retryMs: 200 };

/** Tells every node, when (and only when) this transaction commits. The payload is under 8000 bytes. */
export async function notify(tx: Tx, channel: string, payload: string): Promise<void> {
  await tx.many(sql`select pg_notify(${channel}, ${payload})`.named('notify'));
}

/** Opens the connection; throws when the first attempt fails. The log is told when it is lost, and when it is there again. */
export async function openNotifications(
  config: pg.ClientConfig,
  log: Pick<Log, 'warn' | 'info'>,
  times: NotificationTimes = TIMES,
): Promise<Notifications> {
  const listeners = new Map<string, Set<Listener>>();
  const every = () => [...listeners.values()].flatMap((set) => [...set]);
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let lostAt = 0;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionTimeoutMillis: 5_000,
      ...config,
      keepAlive: true,
    });
    next.on('error', () => lose(next));
    next.on('end', () => lose(next));
    next.on('notification', ({ channel, payload }) => {
      for (const listener of listeners.get(channel) ?? []) listener.message(payload ?? '');
    });
    try {
      await next.connect();
      for (const channel of listeners.keys()) await ask(next, listenTo(channel));
      if (closed) throw new Error('closed while connecting');
    } catch (error) {
      next.end().catch(() => undefined);
      throw error;
    }
    client = next;
    schedule(beat, times.heartbeatMs);
  };
  /** Rejects when no answer comes in time. Where this process was held up itself, the answer may be there unread: it is read first. */
  const ask = (of: pg.Client, text: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => setImmediate(reject, new Error('no answer in time')), times.timeoutMs);
      late.unref();
      of.query(text)
        .finally(() => clearTimeout(late))
        .then(resolve, reject);
    });
  const schedule = (then: () => void, ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
    timer.unref();
  };
  const beat = () => {
    const current = client;
    if (current === undefined) return;
    ask(current, 'select 1').then(
      () => {
        if (client === current) schedule(beat, times.heartbeatMs);
      },
      () => lose(current),
    );
  };
  const lose = (which: pg.Client) => {
    if (client !== which) return;
    client = undefined;
    which.end().catch(() => undefined);
    for (const listener of every()) listener.lost();
    if (closed) return;
    lostAt = performance.now();
    log.warn({}, 'PostgreSQL ended the connection, or did not answer within a second');
    schedule(again, times.retryMs);
  };
  const again = () => {
    connect().then(
      () => {
        log.info({ seconds: Math.round((performance.now() - lostAt) / 1_000) }, 'PostgreSQL answers again');
        for (const listener of every()) listener.restored();
      },
      () => {
        if (!closed) schedule(again, times.retryMs);
      },
    );
  };

  await connect();
  return {
    get connected() {
      return client !== undefined;
    },
    listen: async (channel, listener) => {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      const current = client;
      if (current === undefined) listener.lost();
      else
        await ask(current, listenTo(channel)).catch((error: unknown) => {
          if (error instanceof pg.DatabaseError && error.severity === 'ERROR') throw error;
          // Lost in between: it is told so, and the next connection listens to this channel too.
          lose(current);
        });
      return () => {
        set.delete(listener);
      };
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      const last = client;
      client = undefined;
      await last?.end();
    },
  };
}

/** LISTEN takes no bind; the channel is an identifier of our own. */
function listenTo(channel: string): string {
  return `listen ${pg.escapeIdentifier(channel)}`;
}
