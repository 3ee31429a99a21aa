import { setImmediate } from 'node:timers/promises';
import type { ConnectionSettings } from '@sallyport/contract';
import { expect, onTestFinished, vi } from 'vitest';
import type { CustomerDatabase } from '../../server/test/engines.ts';
import type { Connector, Dial, Pool } from '../port.ts';
import { codeOf, openPool } from './harness.ts';

/** What the suite must know of an engine's dialect. */
export interface Dialect {
  readonly placeholder: (n: number) => string;
  /** A select of `n` rows with an integer `i` and a text `s` of `width` characters. */
  readonly series: (n: number, width: number) => string;
  /** How the engine's type of a whole number in a statement is answered. */
  readonly literal: (n: number) => unknown;
  /** Runs for so many seconds and answers one row. */
  readonly sleep: (seconds: number) => string;
  /** Runs for far longer than a test; in MySQL, the time limit ends a sleep without an error. */
  readonly endless: string;
  /** Writes may answer rows. */
  readonly returning: boolean;
  /** Tells one session from another. */
  readonly session: string;
  /** Fails as every write does on a server that takes none. */
  readonly refusedAsReadOnly: string;
  /** Statements of this user that run now and whose text holds the mark. */
  readonly running: (mark: string) => string;
  /** Ends every connection of the user. */
  readonly endConnections: (user: string) => Promise<void>;
  /** Allows the user so many connections at a time; null: as many as the server has. */
  readonly limitConnections: (user: string, count: number | null) => Promise<void>;
  readonly table: string;
  readonly values: { readonly select: string; readonly expected: Readonly<Record<string, unknown>> };
}

export interface SqlEngine {
  readonly name: string;
  readonly connector: Connector;
  readonly dialect: Dialect;
  database(): CustomerDatabase;
  /** As the superuser, on a connection of the test's own. */
  admin(sql: string): Promise<Record<string, unknown>[]>;
}

export type SqlSettings = Exclude<ConnectionSettings, { engine: 'rest' }>;

export function settingsOf(engine: SqlEngine, more: Partial<SqlSettings> = {}): ConnectionSettings {
  const database = engine.database();
  return {
    engine: engine.connector.engine,
    host: 'localhost',
    port: database.port,
    database: database.database,
    tls: 'verify',
    ca: database.caPem,
    ...more,
  } as ConnectionSettings;
}

export function poolOf(
  engine: SqlEngine,
  more: {
    settings?: Partial<SqlSettings>;
    password?: string;
    user?: string;
    mode?: 'read' | 'read-write';
    dial?: Dial;
  } = {},
): Pool {
  const database = engine.database();
  return openPool(
    engine.connector,
    settingsOf(engine, more.settings),
    { kind: 'password', user: more.user ?? database.user, password: more.password ?? database.password },
    more,
  );
}

/**
 * Holds that `work` ends after so many milliseconds and not one sooner, without waiting for them: `begun` resolves when the
 * limit has begun to count, and until the end no timer but the test's hand goes on.
 */
export async function codeAfter(
  ms: number,
  begin: () => { readonly work: Promise<unknown>; readonly begun: Promise<unknown> },
): Promise<string> {
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { work, begun } = begin();
  const code = codeOf(work);
  await begun;
  vi.advanceTimersByTime(ms - 1);
  expect(await Promise.race([code, setImmediate('not yet')])).toBe('not yet');
  vi.advanceTimersByTime(1);
  const end = await code;
  vi.useRealTimers();
  return end;
}

/** Polls until the engine has so many statements with the mark running. */
export async function untilRunning(
  engine: SqlEngine,
  mark: string,
  count: number,
  withinMs: number,
  everyMs = 5,
): Promise<number> {
  const started = performance.now();
  for (;;) {
    const [row] = await engine.admin(engine.dialect.running(mark));
    if (Number(row?.n) === count) return performance.now() - started;
    if (performance.now() - started > withinMs)
      throw new Error(`${row?.n} running after ${withinMs} ms instead of ${count}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
