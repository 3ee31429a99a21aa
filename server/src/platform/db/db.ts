import pg from 'pg';
import type { OrganizationId } from '../../kernel/ids.ts';
import { createLimiterOfEach } from '../../kernel/limiter.ts';
import { takesNoWrites } from './database-away.ts';
import type { Sql } from './sql.ts';
import { typeParsers } from './type-parsers.ts';

/** One open transaction. Every await inside it goes through it; nothing slow happens before it commits. */
export interface Tx {
  /** The organization that row-level security shows; `null` in a system transaction. */
  readonly organization: OrganizationId | null;
  many<T extends object>(query: Sql): Promise<T[]>;
  /** Exactly one row, or a fault. */
  one<T extends object>(query: Sql): Promise<T>;
  /** One row at most, or a fault: of several, the first would be anybody's. */
  maybe<T extends object>(query: Sql): Promise<T | undefined>;
  /** How many rows were written. */
  run(query: Sql): Promise<number>;
  /** Runs after the commit, in order; a rollback drops it. For enqueueing and cache invalidation. */
  afterCommit(then: () => void): void;
}

/** Sallyport's own database. */
export interface Db {
  /** A transaction that sees one organization's rows only: `SET LOCAL app.organization` under forced row-level security. */
  tenant<T>(organization: OrganizationId, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * The one bypass of row-level security, for what must happen before or across organizations: finding a session,
   * sequencing the log, claiming jobs. `why` is for the reader; grep for `.system(` and `.lookUp(` to review them all.
   */
  system<T>(why: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * As `system`, for what takes no lock and so waits for nobody. It has connections of its own: a transaction that holds a
   * lock may wait for it, while all others of `system` wait for that lock.
   */
  lookUp<T>(why: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DbOptions {
  /** Connects as the role that owns nothing and is bound by row-level security. */
  readonly app: pg.PoolConfig;
  /** Connects as the role whose policies show every organization's rows in the tables that need it. */
  readonly system: pg.PoolConfig;
  readonly silence?: Silence;
}

/**
 * How long an answer may take before the connection is taken for lost. A server that is gone without a word (a failover, a
 * pulled cable) never ends it: what was asked of it would wait for good, and so would the next that took it.
 */
export interface Silence {
  /** Of `begin`, which waits for nothing: here a connection shows that it outlived its server. */
  readonly beginMs: number;
  /** Of any other statement; a person's records in a long log are erased in one. */
  readonly statementMs: number;
}

/** How long one waits for a connection. Milliseconds. */
const CONNECT_MS = 10_000;

/**
 * Of the twelve for tenants, those of one organization: many who create something at once wait for each other while they have
 * a connection, and would leave nobody else one.
 */
const MOST_EACH = 8;

const SILENCE: Silence = { beginMs: 5_000, statementMs: 60_000 };

export function openDb({ silence = SILENCE, ...options }: DbOptions): Db {
  const limits = { query_timeout: silence.statementMs };
  const pools = {
    app: newPool({ max: 12, ...limits, ...options.app }),
    system: newPool({ max: 6, ...limits, ...options.system }),
    lookUps: newPool({ max: 2, ...limits, ...options.system }),
  };
  const begin = { text: 'begin', query_timeout: silence.beginMs };
  const inTurn = createLimiterOfEach<OrganizationId>({
    atOnce: MOST_EACH,
    waiting: Number.POSITIVE_INFINITY,
    waitMs: CONNECT_MS,
    busy: () =>
      Object.assign(new Error('The organization uses all the connections that it may.'), { code: BEFORE }),
  });
  return {
    tenant: (organization, work) =>
      inTurn(organization, () => transact(pools.app, begin, organization, work)),
    system: (_why, work) => transact(pools.system, begin, null, work),
    lookUp: (_why, work) => transact(pools.lookUps, begin, null, work),
    close: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  };
}

function newPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: 60_000,
    types: typeParsers,
    ...config,
  });
  // An idle connection that the server drops must not end the process; the pool opens another.
  pool.on('error', () => undefined);
  return pool;
}

async function transact<T>(
  pool: pg.Pool,
  begin: pg.QueryConfig,
  organization: OrganizationId | null,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw coded(error, BEFORE);
  });
  const after: Array<() => void> = [];
  let broken: Error | undefined;
  let changes = false;
  let committing = false;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query(begin);
    if (organization !== null) {
      await client.query({
        name: 'set_organization',
        text: "select set_config('app.organization', $1, true)",
        values: [organization],
      });
    }
    const told = (text: string) => {
      changes ||= !READS.test(text);
    };
    const result = await work(transaction(client, organization, after, told));
    // Lost already: then it is known that nothing was committed.
    if (broken !== undefined) throw broken;
    committing = changes;
    const { command } = await client.query('commit');
    // PostgreSQL's answer to the commit of a transaction in which a statement failed is no error.
    if (command !== 'COMMIT')
      throw new Error('a statement failed and was passed over: nothing was committed');
    for (const then of after) then();
    return result;
  } catch (error) {
    // Where nobody answers, a rollback would wait as long again; the end of the connection is one. The next connection may
    // lead to the server that takes writes by now.
    if (isSilence(error) || takesNoWrites(error)) broken = error as Error;
    else
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
    throw broken === undefined ? error : coded(error, committing ? IN_COMMIT : BEFORE);
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** The driver gives it neither a class nor a code. */
function isSilence(error: unknown): error is Error {
  return error instanceof Error && error.message === 'Query read timeout';
}

/** What begins so changes no row; everything else may, `with` too. */
const READS = /^\s*select\b/i;

/** SQLSTATEs of a lost connection: nothing was committed; or nobody knows. */
const [BEFORE, IN_COMMIT] = ['08006', '08007'];

/** The driver gives no code to a connection that ends. What has one of its own keeps it, unless it came for a commit. */
function coded(error: unknown, code: string): unknown {
  const own = (error as { code?: unknown } | null)?.code;
  if (typeof own === 'string' && code !== IN_COMMIT) return error;
  return Object.assign(new Error('The connection to PostgreSQL was lost.', { cause: error }), { code });
}

function transaction(
  client: pg.PoolClient,
  organization: OrganizationId | null,
  after: Array<() => void>,
  told: (text: string) => void,
): Tx {
  const query = async (q: Sql) => {
    told(q.text);
    // `queryMode` keeps one statement a call: without it, an empty list of values means the simple protocol.
    const config = { text: q.text, values: [...q.values], queryMode: 'extended' as const };
    return client.query(q.name === undefined ? config : { ...config, name: q.name });
  };
  const many = async <R extends object>(q: Sql) => (await query(q)).rows as R[];
  return {
    organization,
    many,
    one: async <R extends object>(q: Sql) => {
      const rows = await many<R>(q);
      if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}`);
      return rows[0] as R;
    },
    maybe: async <R extends object>(q: Sql) => {
      const rows = await many<R>(q);
      if (rows.length > 1) throw new Error(`expected one row at most, got ${rows.length}`);
      return rows[0];
    },
    run: async (q) => (await query(q)).rowCount ?? 0,
    afterCommit: (then) => {
      after.push(then);
    },
  };
}
