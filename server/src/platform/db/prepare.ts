import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Secret } from '../../kernel/secret.ts';
import type { DatabaseConfig } from '../config/database-config.ts';
import type { DbOptions } from './db.ts';
import { type MigrateOptions, migrate } from './migrate.ts';
import { sessionOptions } from './session-settings.ts';
import { withClient } from './with-client.ts';

export interface PrepareOptions {
  readonly owner: pg.ClientConfig;
  readonly database: DatabaseConfig;
  /** Gives 32 bytes for a purpose, always the same: the root key's. */
  readonly deriveKey: (purpose: string) => Secret<Buffer>;
  /** `server/migrations`. */
  readonly folder: string;
  readonly onWaiting?: MigrateOptions['onWaiting'];
}

/**
 * Brings the database to this version and gives the two connections that the program then lives on. The owner's
 * connection is closed again before this resolves.
 */
export async function prepare(
  options: PrepareOptions,
): Promise<DbOptions & { readonly migrated: readonly string[] }> {
  const { roles, ...connections } = logins(options);
  const { owner, folder, onWaiting } = options;
  const migrated = await migrate({
    owner,
    roles,
    folder,
    onWaiting,
    isServed: () => withClient(connections.app, isServed),
  });
  return { ...connections, migrated };
}

/**
 * Asked as the application's role, which sees what its other connections do: a node that lives asks something every second
 * (notifications.ts), and one that was killed, froze or was cut off asks nothing.
 */
async function isServed(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_stat_activity where datname = current_database() and usename = current_user
       and pid <> pg_backend_pid() and state_change > clock_timestamp() - interval '5 seconds' limit 1`,
  );
  return rowCount === 1;
}

/** The two roles, and their connections to a database that is prepared. */
export function logins({
  owner,
  database,
  deriveKey,
}: Pick<PrepareOptions, 'owner' | 'database' | 'deriveKey'>) {
  const given = database.kind === 'external' ? database.roles : null;
  if (given !== null) {
    const app = given.app.reveal();
    const system = given.system.reveal();
    const named = (config: pg.ClientConfig) => ({ name: config.user ?? '', password: null });
    return {
      roles: { app: named(app), system: named(system) },
      app: configured(app),
      system: configured(system),
    };
  }
  const role = (kind: 'app' | 'system') => ({
    name: roleName(kind, owner.database ?? ''),
    password: deriveKey(`database-role/${kind}`).reveal().toString('base64url'),
  });
  const roles = { app: role('app'), system: role('system') };
  const { host, port, ssl } = owner;
  const login = (one: { name: string; password: string }) =>
    configured({ host, port, ssl, database: owner.database, user: one.name, password: one.password });
  return { roles, app: login(roles.app), system: login(roles.system) };
}

/** Of the connections that the program lives on, beside what every one of ours has. */
const SETTINGS = {
  /** An acknowledged commit is on the disk. */
  synchronous_commit: 'on',
  /** A node that is frozen, or cut off without a word, gives its locks back: the sequencer's too, which others wait for. */
  idle_in_transaction_session_timeout: '20s',
  /** A statement lasts milliseconds here; compiling it costs more than it saves. */
  jit: 'off',
};

function configured(config: pg.ClientConfig): pg.PoolConfig {
  return { ...config, options: sessionOptions(SETTINGS) };
}

/** Roles belong to the whole server: the database's name keeps two installations in one server apart. */
export function roleName(kind: 'app' | 'system', database: string): string {
  const name = `sallyport_${kind}_${database}`;
  if (Buffer.byteLength(name) <= 63) return name;
  return `sallyport_${kind}_${createHash('sha256').update(database).digest('hex').slice(0, 32)}`;
}
