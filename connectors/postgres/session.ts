import type { Duplex } from 'node:stream';
import pg from 'pg';
import { checkedAuthority } from '../authority.ts';
import { limitHandshake } from '../handshake-limit.ts';
import { ConnectorError, type Dial, type Target } from '../port.ts';
import { RowLimit } from '../row-limit.ts';
import { within } from '../within.ts';
import { EndOfRead } from './end-of-read.ts';
import { Exchange, type Field, type Step } from './exchange.ts';
import { guardStream } from './guard-stream.ts';
import { connectFailure } from './map-error.ts';
import type { OwnProcesses } from './own-process.ts';

export type PostgresTarget = Target & { readonly settings: { readonly engine: 'postgres' } };

/** What is asked of the catalogues is not in those of an earlier version: `attgenerated`, `collisdeterministic`. */
const OLDEST = 12;
/** From dialling until the session is set up: a server that accepts and never answers ends here. */
const CONNECT_MS = 8_000;
/** Statements kept prepared on one connection. */
const PREPARED = 300;
export const DEFAULT_TIMEOUT_MS = 10_000;
/** How often a server that runs a statement looks whether anybody is still there to hear of it. */
const GONE_MS = 2_000;
/** For our own statements that make a session ready for the next run. */
export const RESET_MS = 10_000;

/**
 * What every session has, so that values read the same, statements mean the same and a run may take as long whatever the
 * server's or the role's defaults are. What protects the database stays as it is there: timeouts of locks and of idle
 * transactions, isolation, read-only by default, row security; and so does the search path, by which names were compiled.
 */
export const SETTINGS = [
  "set timezone = 'UTC'",
  "set datestyle = 'ISO, YMD'",
  "set intervalstyle = 'iso_8601'",
  "set bytea_output = 'hex'",
  'set extra_float_digits = 1',
  'set standard_conforming_strings = on',
  'set array_nulls = on',
  'set quote_all_identifiers = off',
  "set xmlbinary = 'base64'",
  "set xmloption = 'content'",
  // One makes `= null` another comparison, the other leaves out rows at random.
  'set transform_null_equals = off',
  'set gin_fuzzy_search_limit = 0',
  // A node that is gone keeps no lock for longer than a minute; systems ask after it only after two hours.
  'set tcp_keepalives_idle = 30',
  'set tcp_keepalives_interval = 10',
  'set tcp_keepalives_count = 3',
  `set statement_timeout = ${DEFAULT_TIMEOUT_MS}`,
  // From PostgreSQL 17 on. A run has a limit of its own, and this would end the connection of one that streams.
  `select pg_catalog.set_config('transaction_timeout', '0', false)
    where pg_catalog.current_setting('transaction_timeout', true) is not null`,
  // From PostgreSQL 14 on, and where the server's system can tell: a statement whose connection is gone, cut by a proxy or
  // with its node, is ended with its locks, and not run to its time limit for nobody.
  `select pg_catalog.set_config('client_connection_check_interval', '${GONE_MS}', false)
    where pg_catalog.current_setting('client_connection_check_interval', true) is not null
      and pg_catalog.version() like '%linux%'`,
].join('; ');

/** One connection and what is prepared on it. */
export class Session {
  readonly client: pg.Client;
  /** Ended by either side; never lent again. */
  dead = false;
  /** The number of the server's process that answered first. */
  process = 0;
  readonly endOfRead = new EndOfRead();
  readonly #prepared = new Map<string, string>();
  #names = 0;
  #rowLimit: RowLimit | undefined;
  #current: Exchange | undefined;

  constructor(client: pg.Client) {
    this.client = client;
  }

  /** The name under which a text is prepared here, and whether it must be parsed first. */
  prepared(text: string): { name: string; parse: boolean } {
    const known = this.#prepared.get(text);
    if (known !== undefined) return { name: known, parse: false };
    this.#names += 1;
    const name = `s${this.#names}`;
    this.#prepared.set(text, name);
    return { name, parse: true };
  }

  /** Too many are kept: the next reset drops them at the server as well. */
  get crowded(): boolean {
    return this.#prepared.size > PREPARED;
  }

  /** After an error nobody knows which names exist, so none is used again. */
  forgetNames(): void {
    this.#prepared.clear();
  }

  /** The driver forgets a query that it is given after the connection ended; here it fails at once. */
  exchange(steps: readonly Step[]): Exchange {
    const exchange = new Exchange(steps);
    this.#current = exchange;
    if (this.dead || this.stream.destroyed) {
      this.fail();
      return exchange;
    }
    this.client.query(exchange as unknown as pg.Submittable);
    return exchange;
  }

  /** Columns and placeholder types of a statement, without running it. */
  async shape(text: string): Promise<{ fields: readonly Field[] | null; parameters: readonly number[] }> {
    const connection = wireOf(this.client);
    let fields: readonly Field[] | null = null;
    let parameters: readonly number[] = [];
    const onParameters = (message: { dataTypeIDs: number[] }) => {
      parameters = message.dataTypeIDs;
    };
    connection.once('parameterDescription', onParameters);
    try {
      const step: Step = {
        text,
        parse: true,
        do: 'shape',
        onFields: (all) => {
          fields = all;
        },
      };
      await this.exchange([step]).finished;
      return { fields, parameters };
    } finally {
      connection.off('parameterDescription', onParameters);
    }
  }

  /** Rows of one of our own catalogue statements, each value as text. */
  async rows(text: string, values: readonly string[] = []): Promise<(string | null)[][]> {
    const answer = await this.client.query<(string | null)[]>({
      text,
      values: [...values],
      rowMode: 'array',
      queryMode: 'extended',
      types: { getTypeParser: () => (value: string | Buffer) => String(value) },
    } as pg.QueryArrayConfig);
    return answer.rows as (string | null)[][];
  }

  /** Whether something between gave us another process's number than the one that answers: a pooler. */
  get pooled(): boolean {
    return (this.client as unknown as { processID: number | null }).processID !== this.process;
  }

  /** The number of the server's process that answers now. */
  async askProcess(): Promise<number> {
    const [[number] = []] = await this.rows('select pg_catalog.pg_backend_pid()');
    return Number(number);
  }

  get stream(): Duplex {
    return wireOf(this.client).stream;
  }

  /** The stream is the one that it stays: TLS has put another in the first one's place. */
  opened(): void {
    const { stream } = this;
    this.#rowLimit = new RowLimit(stream, { pause: () => stream.pause(), resume: () => stream.resume() });
  }

  get rowLimit(): RowLimit {
    return this.#rowLimit!;
  }

  get ended(): boolean {
    return this.stream.destroyed;
  }

  drain(): void {
    this.rowLimit.drain();
  }

  destroy(): void {
    this.fail();
    this.stream.destroy();
  }

  /** The connection is gone, and so is the answer to whatever is under way. */
  fail(): void {
    this.dead = true;
    this.#current?.handleError(new Error('The connection was closed.'));
  }
}

interface ClientWire {
  readonly stream: Duplex;
  on(
    event: 'parameterStatus',
    listener: (message: { parameterName: string; parameterValue: string }) => void,
  ): void;
  once(event: 'parameterDescription', listener: (message: { dataTypeIDs: number[] }) => void): void;
  off(event: 'parameterDescription', listener: (message: { dataTypeIDs: number[] }) => void): void;
}

function wireOf(client: pg.Client): ClientWire {
  return (client as unknown as { connection: ClientWire }).connection;
}

/** Dials, upgrades to TLS as the settings say, authenticates, makes sure of the process, and sets the session up. */
export async function openSession(
  target: PostgresTarget,
  dial: Dial,
  processes: OwnProcesses,
  signal?: AbortSignal,
): Promise<Session> {
  return await connect(target, dial, signal, async (session) => {
    await processes.admit(session, () => connect(target, dial, signal));
    await session.client.query(SETTINGS);
  });
}

async function connect(
  target: PostgresTarget,
  dial: Dial,
  signal?: AbortSignal,
  setUp: (session: Session) => Promise<void> = async () => undefined,
): Promise<Session> {
  const { settings } = target;
  if (settings.engine !== 'postgres') throw new TypeError('not PostgreSQL settings');
  const credential = target.credential.reveal();
  if (credential.kind !== 'password') throw new TypeError('PostgreSQL needs a user and a password');
  const ssl = tlsOptions(settings.tls, settings.ca);
  const socket = await dial(settings.host, settings.port, signal);
  const client = new pg.Client({
    host: settings.host,
    port: settings.port,
    database: settings.database,
    user: credential.user,
    // A function, so that an empty password is not replaced from the environment or a file.
    password: () => credential.password,
    ssl,
    stream: () => asUnconnected(socket) as never,
    application_name: 'sallyport',
    connectionTimeoutMillis: CONNECT_MS,
  });
  guardConnection(client);
  let version = '';
  wireOf(client).on('parameterStatus', ({ parameterName, parameterValue }) => {
    if (parameterName === 'server_version') version = parameterValue;
  });
  if (ssl === false) neverInClear(client, socket);
  const session = new Session(client);
  client.on('error', () => {
    session.dead = true;
  });
  client.on('end', () => session.fail());
  const abort = () => socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  const unlimit = limitHandshake(socket);
  try {
    const ready = client.connect().then(async () => {
      unlimit();
      refuseOld(version);
      session.opened();
      session.process = await session.askProcess();
      await setUp(session);
    });
    await within(CONNECT_MS, ready, () => new Error('timeout'));
    return session;
  } catch (error) {
    socket.destroy();
    throw connectFailure(error, signal);
  } finally {
    unlimit();
    signal?.removeEventListener('abort', abort);
  }
}

/** Anybody on the way could ask for the password itself in the name of a source that would not. */
function neverInClear(client: pg.Client, socket: Duplex): void {
  const sentence = 'The source asks for the password itself, over a connection without TLS. Turn TLS on.';
  Object.assign(client, {
    _handleAuthCleartextPassword: () => socket.destroy(new ConnectorError('source_tls_failed', sentence)),
  });
}

/** As the server says it before it is ready, such as `9.6.24` or `18.4 (Debian 18.4-1)`. */
function refuseOld(version: string): void {
  if (!(Number.parseInt(version, 10) < OLDEST)) return;
  const [number] = version.split(' ');
  throw new ConnectorError(
    'source_failed',
    `The source is PostgreSQL ${number}. Sallyport needs PostgreSQL ${OLDEST} or later.`,
  );
}

/** The parser is attached to the plain stream, or to the one that TLS makes of it. */
function guardConnection(client: pg.Client): void {
  const { connection } = client as unknown as { connection: { attachListeners(stream: Duplex): void } };
  const attach = connection.attachListeners.bind(connection);
  connection.attachListeners = (stream) => guardStream(stream, () => attach(stream));
}

export function tlsOptions(tls: 'verify' | 'encrypt' | 'off', ca: string | undefined) {
  if (tls === 'off') return false;
  const authority = checkedAuthority(ca);
  return {
    rejectUnauthorized: tls === 'verify',
    minVersion: 'TLSv1.2' as const,
    ...(authority === undefined ? {} : { ca: authority }),
  };
}

/** The driver wants to call `connect` itself; the stream that it gets is connected already, by the guard. */
export function asUnconnected(socket: Duplex): Duplex {
  return Object.assign(socket, {
    connect: () => {
      queueMicrotask(() => socket.emit('connect'));
      return socket;
    },
  });
}
