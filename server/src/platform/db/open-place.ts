import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseConfig } from '../config/database-config.ts';
import { openEmbeddedPostgres } from '../embedded-postgres/embedded-postgres.ts';
import { visitEmbeddedPostgres } from '../embedded-postgres/visit-embedded-postgres.ts';
import type { Log } from '../log/log.ts';

const EMBEDDED_DATABASE = 'sallyport';
const OLDEST = 15;
const NEWEST = 18;

/** The PostgreSQL that holds Sallyport's own data: reachable, of a known version, perhaps still empty. */
export interface DatabasePlace {
  /** The owner of the schema: for the root key's check and for migration, on connections that are closed at once. */
  readonly owner: pg.ClientConfig;
  /** Where sources must never connect to; null when it listens on a private socket only. */
  readonly address: { readonly host: string; readonly port: number } | null;
  stop(): Promise<void>;
}

export interface PlaceOptions {
  readonly database: DatabaseConfig;
  readonly dataDirectory: string;
  readonly log: Log;
  /** The embedded PostgreSQL ended for good. */
  readonly onLost: (error: Error) => void;
  /** How long an external PostgreSQL may take to come up beside us. Default 30 s. */
  readonly waitMs?: number;
}

/** Starts the embedded PostgreSQL, or waits for the external one; refuses, with a sentence, what cannot be used. */
export async function openPlace(options: PlaceOptions): Promise<DatabasePlace> {
  if (options.database.kind === 'embedded') return embedded(options);
  const owner = options.database.owner.reveal();
  await untilUsable(owner, options);
  const host = owner.host ?? 'localhost';
  const address = host.startsWith('/') ? null : { host, port: owner.port ?? 5432 };
  return { owner, address, stop: async () => undefined };
}

/**
 * The same beside a server that may be running: its embedded PostgreSQL is used where it is, and is started for this
 * moment when none runs. Makes no data directory.
 */
export async function visitPlace(options: PlaceOptions): Promise<DatabasePlace> {
  if (options.database.kind !== 'embedded') return openPlace(options);
  const running = await visitEmbeddedPostgres(join(options.dataDirectory, 'postgres'), options.dataDirectory);
  if (running === undefined) return embedded(options);
  const { host, port, owner, leave } = running;
  return { owner: { host, port, ...owner, database: EMBEDDED_DATABASE }, address: null, stop: leave };
}

async function embedded(options: PlaceOptions): Promise<DatabasePlace> {
  const postgres = await openEmbeddedPostgres({
    directory: join(options.dataDirectory, 'postgres'),
    dataDirectory: options.dataDirectory,
    log: options.log,
    onLost: options.onLost,
  });
  const connection = { host: postgres.host, port: postgres.port, ...postgres.owner };
  try {
    await makeDatabase({ ...connection, database: 'postgres' });
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return {
    owner: { ...connection, database: EMBEDDED_DATABASE },
    address: null,
    stop: () => postgres.stop(),
  };
}

async function makeDatabase(connection: pg.ClientConfig): Promise<void> {
  await withClient(connection, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
      EMBEDDED_DATABASE,
    ]);
    if (rowCount === 0) await client.query(`create database ${EMBEDDED_DATABASE}`);
  });
}

async function untilUsable(owner: pg.ClientConfig, options: PlaceOptions): Promise<void> {
  const deadline = Date.now() + (options.waitMs ?? 30_000);
  for (let told = false; ; told = true) {
    try {
      await withClient({ connectionTimeoutMillis: 10_000, ...owner }, checkServer);
      return;
    } catch (error) {
      if (!mayPass(error)) throw unusable(error);
      if (Date.now() > deadline) throw unusable(error);
      if (!told) options.log.warn({ err: error }, 'waiting for PostgreSQL');
      await sleep(250);
    }
  }
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ major: number; encoding: string }>(
    `select current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding`,
  );
  const { major, encoding } = rows[0] ?? { major: 0, encoding: '' };
  if (major < OLDEST || major > NEWEST)
    throw new Unusable(
      `DATABASE_URL leads to a PostgreSQL ${major}; Sallyport knows ${OLDEST} to ${NEWEST}. Use one of these.`,
    );
  if (encoding !== 'UTF8')
    throw new Unusable(
      `The database of DATABASE_URL is encoded in ${encoding}. Make one with: create database … encoding 'UTF8' template template0.`,
    );
}

class Unusable extends Error {}

/** Refused, reset, not found yet, or starting up: the server may come. A wrong password will not become right. */
function mayPass(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ENOENT', 'ETIMEDOUT', '57P03'].includes(
    String(code),
  );
}

function unusable(error: unknown): Error {
  if (error instanceof Unusable) return error;
  return new Error(
    `PostgreSQL at DATABASE_URL cannot be used: ${(error as Error).message}. Check the address, the user and its password, and SALLYPORT_DB_TLS.`,
    { cause: error },
  );
}

async function withClient(
  config: pg.ClientConfig,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
