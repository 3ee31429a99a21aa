import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { DatabaseConfig } from '../config/database-config.ts';
import { openEmbeddedPostgres } from '../embedded-postgres/embedded-postgres.ts';
import { visitEmbeddedPostgres } from '../embedded-postgres/visit-embedded-postgres.ts';
import { CannotStart } from '../lifecycle/cannot-start.ts';
import type { Log } from '../log/log.ts';
import { isDatabaseAway } from './database-away.ts';
import { sessionOptions } from './session-settings.ts';
import { withClient } from './with-client.ts';

const EMBEDDED_DATABASE = 'sallyport';
const WRONG_PASSWORD = '28P01';
/** A node that is frozen, or cut off without a word, while it migrates gives back what every other then waits for. */
const PAUSES = sessionOptions({
  idle_session_timeout: '20s',
  idle_in_transaction_session_timeout: '20s',
});
const OLDEST = 15;
const NEWEST = 18;

/** The PostgreSQL that holds Sallyport's own data: reachable, of a known version, perhaps still empty. */
export interface DatabasePlace {
  /** The owner of the schema: for the root key's check and for migration, on connections that are closed at once. */
  readonly owner: pg.ClientConfig;
  /** Where sources must never connect to, by every name that we know it by; none when it listens on a Unix socket only. */
  readonly addresses: readonly { readonly host: string; readonly port: number }[];
  stop(): Promise<void>;
}

export interface PlaceOptions {
  readonly database: DatabaseConfig;
  readonly dataDirectory: string;
  readonly log: Log;
  /** The embedded PostgreSQL ended for good. */
  readonly onLost: (error: Error) => void;
  /** The embedded PostgreSQL comes up by itself from here on: a good time for other work. */
  readonly onSpawned?: () => void;
  /** How long an external PostgreSQL may take to come up beside us. Default 30 s. */
  readonly waitMs?: number;
}

/** Starts the embedded PostgreSQL, or waits for the external one; refuses, with a sentence, what cannot be used. */
export async function openPlace(options: PlaceOptions): Promise<DatabasePlace> {
  if (options.database.kind === 'embedded') return embedded(options);
  const { roles } = options.database;
  const owner = options.database.owner.reveal();
  const logins = {
    DATABASE_URL: owner,
    ...(roles === null
      ? {}
      : { DATABASE_APP_URL: roles.app.reveal(), DATABASE_SYSTEM_URL: roles.system.reveal() }),
  };
  const addresses: { host: string; port: number }[] = [];
  for (const [variable, login] of Object.entries(logins)) {
    const reached = await untilUsable(variable, login, options);
    const { host = 'localhost', port = 5432 } = login;
    if (!host.startsWith('/')) addresses.push({ host, port });
    else if (reached !== null) addresses.push(reached);
  }
  return { owner: { ...owner, options: PAUSES }, addresses, stop: async () => undefined };
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
  return { owner: { host, port, ...owner, database: EMBEDDED_DATABASE }, addresses: [], stop: leave };
}

async function embedded(options: PlaceOptions): Promise<DatabasePlace> {
  const postgres = await openEmbeddedPostgres({
    directory: join(options.dataDirectory, 'postgres'),
    dataDirectory: options.dataDirectory,
    log: options.log,
    onLost: options.onLost,
    ...(options.onSpawned === undefined ? {} : { onSpawned: options.onSpawned }),
  });
  const connection = { host: postgres.host, port: postgres.port, ...postgres.owner };
  try {
    await makeDatabase({ ...connection, database: 'postgres' });
  } catch (error) {
    await postgres.stop();
    if ((error as pg.DatabaseError).code !== WRONG_PASSWORD) throw error;
    throw new CannotStart(
      `The password in ${join(options.dataDirectory, 'postgres')} does not match the data next to it. Restore the whole data directory from your backup.`,
      { cause: error },
    );
  }
  return {
    owner: { ...connection, database: EMBEDDED_DATABASE, options: PAUSES },
    addresses: [],
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

async function untilUsable(
  variable: string,
  login: pg.ClientConfig,
  options: PlaceOptions,
): Promise<DatabasePlace['addresses'][number] | null> {
  const deadline = performance.now() + (options.waitMs ?? 30_000);
  for (let told = false; ; told = true) {
    try {
      return await withClient(login, (client) => checkServer(client, options.log));
    } catch (error) {
      if (!mayPass(error) || performance.now() > deadline) throw unusable(variable, error);
      if (!told) options.log.warn({ err: error }, 'waiting for PostgreSQL');
      await sleep(250);
    }
  }
}

interface Server {
  readonly major: number;
  readonly encoding: string;
  readonly readOnly: string;
  readonly process: number;
  /** Null over a Unix socket of its own; what forwards one has the server's address behind it. */
  readonly address: string | null;
  readonly port: number;
  readonly listens: string;
  readonly flushes: string;
  /** Milliseconds; as text, since a database may be set to leave digits of a number out. */
  readonly clock: string;
}

/** A connection over half the world takes less. */
const CLOCKS_APART_S = 5;

/** Where the server takes connections over TCP, which a socket's path does not tell. */
async function checkServer(client: pg.Client, log: Log): Promise<DatabasePlace['addresses'][number] | null> {
  const { rows } = await client.query<Server>(
    `select current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding,
       current_setting('transaction_read_only') as "readOnly", pg_backend_pid() as process,
       host(inet_server_addr()) as address, coalesce(inet_server_port(), current_setting('port')::int) as port,
       current_setting('listen_addresses') as listens, current_setting('fsync') as flushes,
       (extract(epoch from clock_timestamp()) * 1000)::text as clock`,
  );
  const { major, encoding, readOnly, process, address, port, listens, flushes, clock } = rows[0] as Server;
  const apart = Math.round((Date.now() - Number(clock)) / 1_000);
  if (Math.abs(apart) > CLOCKS_APART_S)
    log.warn(
      { seconds: apart },
      'the clock of this machine is not that of the PostgreSQL server. Codes of authenticator apps are refused and sessions end too early or too late where one is wrong: let both be set over the network (NTP).',
    );
  // Not refused: a service whose storage keeps every write by other means may run its servers so.
  if (flushes === 'off')
    log.warn(
      { fsync: flushes },
      'the PostgreSQL server of DATABASE_URL runs with fsync = off. Where its storage does not keep every write by other means, a loss of power takes what was acknowledged, and the record of it: set fsync = on and restart it.',
    );
  // What is lent for each transaction loses messages between nodes, locks and prepared statements, and says nothing.
  if ((client as unknown as { processID: number | null }).processID !== process)
    throw new Unusable(
      'DATABASE_URL leads to a pooler, which can mix up session state. Give the address of the PostgreSQL server itself.',
    );
  if (major < OLDEST || major > NEWEST)
    throw new Unusable(
      `DATABASE_URL leads to PostgreSQL ${major}; Sallyport supports ${OLDEST} to ${NEWEST}.`,
    );
  if (encoding !== 'UTF8')
    throw new Unusable(
      `The database of DATABASE_URL is encoded in ${encoding}. Make one with: create database … encoding 'UTF8' template template0.`,
    );
  if (readOnly === 'on')
    throw new ReadOnly(
      'The database of DATABASE_URL takes no writes: it is a standby, or its transactions are read-only. Give the address of the primary, or run: alter database … reset default_transaction_read_only.',
    );
  return address === null && listens === '' ? null : { host: address ?? '127.0.0.1', port };
}

class Unusable extends CannotStart {}

/** A standby, which may yet be promoted, or a database that an operator has set to read-only for a while. */
class ReadOnly extends Unusable {
  constructor(message: string) {
    super(message, { mayPass: true });
  }
}

const mayPass = (error: unknown) => error instanceof ReadOnly || isDatabaseAway(error);

/** Of OpenSSL; Node's own sentence names an option of Node. */
const UNTRUSTED = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

function unusable(variable: string, error: unknown): Error {
  if (error instanceof Unusable) return error;
  if (UNTRUSTED.has(String((error as { code?: unknown }).code)))
    return new CannotStart(
      `PostgreSQL at ${variable} presents a certificate that no trusted authority has signed. Set SALLYPORT_DB_CA to the PEM file of the authority that signed it.`,
      { cause: error },
    );
  // Of the driver, which speaks of its own protocol and types.
  if ((error as Error).message.endsWith('client password must be a string'))
    return new CannotStart(
      `PostgreSQL at ${variable} asks for a password, and ${variable} contains none. Give postgres://user:password@host:port/database.`,
      { cause: error },
    );
  return new CannotStart(
    `PostgreSQL at ${variable} cannot be used: ${(error as Error).message}. Check the address, the user and its password, and SALLYPORT_DB_TLS.`,
    { cause: error, mayPass: mayPass(error) },
  );
}
