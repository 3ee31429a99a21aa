import type { Duplex } from 'node:stream';
import type mysql from 'mysql2';
import { checkedAuthority } from '../authority.ts';
import { limitHandshake } from '../handshake-limit.ts';
import { type BindValue, ConnectorError, type Dial, type Target } from '../port.ts';
import { RowLimit } from '../row-limit.ts';
import { within } from '../within.ts';
import { bindValues, type Typed } from './bind-values.ts';
import type { FieldDefinition } from './field-types.ts';
import { connectFailure } from './map-error.ts';
import { sealedExchange } from './sealed-exchange.ts';

/** From dialling until the session is set up: a server that accepts and never answers ends here. */
const CONNECT_MS = 8_000;

/**
 * Strict, so that a value that does not fit is an error and never a silent cut. Dates with a part that is zero are taken,
 * and days that their month does not have where the server takes them too: where a row has one it is shown, asked for and
 * saved back as it is; a date that a person gives is checked by us. UTC, so that instants are instants. Room in GROUP_CONCAT
 * and JSON_ARRAYAGG for more than a row may have (16 MiB): both cut what they make without an error. The character set,
 * since a reset of MySQL, unlike one of MariaDB, leaves the server's own instead of the handshake's: what is sent as UTF-8
 * would be read, and stored, as something else.
 * https://dev.mysql.com/doc/c-api/8.4/en/mysql-reset-connection.html
 * With the collation of the database, or what a statement makes of a value, as by a cast, cannot be compared with its columns.
 *
 * And the server ends what a lost node has left, with its locks, after two minutes instead of eight hours: twice as long as
 * a session is kept idle. What a server says of checks of keys, of large joins and of sorting stays as it is there. Nothing
 * here may need a privilege, as `max_error_count` does in MySQL.
 */
const SETTINGS =
  "set session sql_auto_is_null = 0, wait_timeout = 120, time_zone = '+00:00', sql_mode = concat('STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', if(find_in_set('ALLOW_INVALID_DATES', @@global.sql_mode), ',ALLOW_INVALID_DATES', '')), group_concat_max_len = 17825792, names utf8mb4 collate ?";

/** Asked before a first reset, which makes it the server's own. A binary one compares with every other, and so does UTF-8 with less. */
const COLLATION =
  "if(@@collation_database like 'utf8mb4%' and @@collation_database not like '%bin', @@collation_database, 'utf8mb4_general_ci')";

/** Which role is active, where the server is new enough to have any: each engine passes over what is the other's. */
const ROLE = 'coalesce(/*M! current_role(), */ /*!80001 current_role(), */ null)';

/** Tells one server behind a proxy from another, whose threads have the same numbers. */
const SERVER = "concat_ws(' ', @@hostname, @@port, @@server_id)";

/** ER_WARNING_NOT_COMPLETE_ROLLBACK */
const NOT_ROLLED_BACK = 1196;

/** A statement that the server has prepared. */
export interface Prepared {
  readonly columns: readonly FieldDefinition[];
  readonly parameters: readonly unknown[];
  execute(values: readonly unknown[]): Execution;
  close(): void;
}

/** What an execution emits, row by row. */
export interface Execution {
  on(event: 'fields', listener: (fields: readonly FieldDefinition[] | undefined) => void): this;
  on(event: 'result', listener: (row: unknown, resultIndex?: number) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'end', listener: () => void): this;
}

/** The driver's connection, as far as it is used; its published types lack the events of an execution. */
interface Wire {
  readonly stream: Duplex;
  readonly threadId: number;
  readonly _handshakePacket?: { serverVersion?: string };
  query(options: { sql: string; rowsAsArray: true; values: readonly unknown[] }, then: Answer): void;
  prepare(sql: string, then: (error: Error | null, statement: Prepared) => void): void;
  reset(then: (error: Error | null) => void): void;
  pause(): void;
  resume(): void;
  on(event: 'error' | 'end', listener: () => void): void;
  once(event: 'connect', listener: () => void): void;
  once(event: 'error', listener: (error: Error) => void): void;
}
type Answer = (error: Error | null, rows: unknown) => void;

export class Session {
  readonly #wire: Wire;
  readonly #typed: Typed;
  #rowLimit: RowLimit | undefined;
  #role: unknown;
  #collation: unknown;
  #server: unknown;
  dead = false;

  constructor(wire: Wire, typed: Typed) {
    this.#wire = wire;
    this.#typed = typed;
  }

  get threadId(): number {
    return this.#wire.threadId;
  }

  get isMariadb(): boolean {
    return /mariadb/i.test(this.#wire._handshakePacket?.serverVersion ?? '');
  }

  /** As far as is known. */
  isAtServerOf(other: Session): boolean {
    return this.#server === other.#server;
  }

  get stream(): Duplex {
    return this.#wire.stream;
  }

  /** The stream is the one that it stays: TLS has put another in the first one's place. */
  opened(): void {
    this.#rowLimit = new RowLimit(this.stream, this.#wire);
  }

  get rowLimit(): RowLimit {
    return this.#rowLimit!;
  }

  /** One of our own statements, in text form; rows are arrays. */
  command(sql: string, values: readonly unknown[] = []): Promise<unknown[][]> {
    return this.#until((resolve, reject) => {
      this.#wire.query({ sql, rowsAsArray: true, values }, (error, rows) =>
        error === null ? resolve(Array.isArray(rows) ? (rows as unknown[][]) : []) : reject(error),
      );
    });
  }

  /** Rolls back, and says whether a table kept what was done, as one without transactions does. */
  async rollback(): Promise<boolean> {
    const { warningStatus } = await this.#until<{ warningStatus?: number }>((resolve, reject) => {
      this.#wire.query({ sql: 'rollback', rowsAsArray: true, values: [] }, (error, header) =>
        error === null ? resolve(header as object) : reject(error),
      );
    });
    if (warningStatus === 0) return false;
    // A server that counts warnings may be told to keep none: `max_error_count`.
    const warnings = await this.command('show warnings');
    return warnings.length === 0 || warnings.some((warning) => Number(warning[1]) === NOT_ROLLED_BACK);
  }

  prepare(sql: string): Promise<Prepared> {
    return this.#until((resolve, reject) => {
      this.#wire.prepare(sql, (error, statement) => (error === null ? resolve(statement) : reject(error)));
    });
  }

  /** Executes to its end; rows are told one by one. */
  execute(
    statement: Prepared,
    binds: readonly BindValue[],
    on: {
      fields?(fields: readonly FieldDefinition[] | undefined): void;
      result(row: unknown, resultIndex?: number): void;
    },
  ): Promise<void> {
    return this.#until((resolve, reject) => {
      const execution = statement.execute(bindValues(binds, this.#typed));
      if (on.fields !== undefined) execution.on('fields', on.fields);
      execution.on('result', on.result).on('error', reject).on('end', resolve);
    });
  }

  async setUp(): Promise<void> {
    const own = `select ${ROLE}, ${COLLATION}`;
    // What only speaks like MySQL may have no such variables.
    const said = await this.command(`${own}, ${SERVER}`).catch((error: { errno?: number }) => {
      if (error.errno === undefined) throw error;
      return this.command(own);
    });
    [this.#role, this.#collation, this.#server] = said[0] ?? [];
    await this.command(SETTINGS, [this.#collation]);
  }

  /**
   * Undoes everything that a run can leave behind: variables, locks, temporary tables, prepared statements. The engine keeps
   * a role that a procedure has set: the time zone is none then, and the session ends.
   */
  async reset(): Promise<void> {
    await this.#until<void>((resolve, reject) => {
      this.#wire.reset((error) => (error === null ? resolve() : reject(error)));
    });
    await this.command(`${SETTINGS}, time_zone = if(${ROLE} <=> ?, '+00:00', 'of another role')`, [
      this.#collation,
      this.#role,
    ]);
  }

  /** The driver leaves some of those who wait without an answer when the connection is lost; here each gets one. */
  async #until<T>(
    begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
  ): Promise<T> {
    const { stream } = this;
    let lost: () => void = () => undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        lost = () => setImmediate(() => reject(new Error('The connection was closed.')));
        if (stream.destroyed) lost();
        stream.once('close', lost);
        begin(resolve, reject);
      });
    } finally {
      stream.off('close', lost);
    }
  }

  get ended(): boolean {
    return this.stream.destroyed;
  }

  drain(): void {
    this.rowLimit.drain();
  }

  destroy(): void {
    this.dead = true;
    this.#wire.stream.destroy();
  }
}

/** Dials, upgrades to TLS as the settings say, authenticates and sets the session up. */
export async function openSession(target: Target, dial: Dial, signal?: AbortSignal): Promise<Session> {
  const { settings } = target;
  if (settings.engine !== 'mysql') throw new TypeError('not MySQL settings');
  const credential = target.credential.reveal();
  if (credential.kind !== 'password') throw new TypeError('MySQL needs a user and a password');
  // The driver would check the name `localhost` instead of the address.
  if (settings.tls === 'verify' && /^[\d.]+$|:/.test(settings.host))
    throw new ConnectorError(
      'source_tls_failed',
      'A certificate cannot be checked against an address: use the host name that is on it.',
    );
  const ssl = settings.tls === 'off' ? undefined : tlsOptions(settings.tls, settings.ca);
  // The driver is loaded for the first session: a node without such a source needs none of it.
  const { default: driver } = await import('mysql2');
  const socket = await dial(settings.host, settings.port, signal);
  const wire = driver.createConnection({
    host: settings.host,
    port: settings.port,
    database: settings.database,
    user: credential.user,
    password: credential.password,
    stream: () => socket,
    connectTimeout: CONNECT_MS,
    ...(ssl === undefined ? sealedExchange(driver, socket) : { ssl }),
    // Neither may a server ask for a file, nor a statement hide another.
    flags: ['-LOCAL_FILES'],
    multipleStatements: false,
    // The server's column names never become code.
    disableEval: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
    rowsAsArray: true,
    timezone: 'Z',
    charset: 'utf8mb4',
  }) as unknown as Wire;
  const session = new Session(wire, driver.TypedParameter);
  // From the start: the driver tells of one loss several times in one go, and an error that nobody hears ends the process.
  const die = () => {
    session.dead = true;
  };
  wire.on('error', die);
  wire.on('end', die);
  socket.once('close', die);
  const abort = () => socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  const unlimit = limitHandshake(socket);
  try {
    const connected = new Promise<void>((resolve, reject) => {
      wire.once('connect', resolve);
      wire.once('error', reject);
      // Later than the driver's own error, which says more.
      socket.once('close', () => setTimeout(() => reject(new Error('closed')), 20));
    });
    const setUp = connected.then(() => {
      unlimit();
      session.opened();
      return session.setUp();
    });
    await within(CONNECT_MS, setUp, () => Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }));
    return session;
  } catch (error) {
    socket.destroy();
    throw connectFailure(error, signal, ssl === undefined);
  } finally {
    unlimit();
    signal?.removeEventListener('abort', abort);
  }
}

function tlsOptions(tls: 'verify' | 'encrypt', ca: string | undefined): mysql.SslOptions {
  const authority = checkedAuthority(ca);
  return {
    rejectUnauthorized: tls === 'verify',
    verifyIdentity: tls === 'verify',
    minVersion: 'TLSv1.2',
    ...(authority === undefined ? {} : { ca: authority }),
  };
}
