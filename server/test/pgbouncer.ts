import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startChildServer, writeUnprivileged } from './child-server.ts';
import type { CustomerDatabase } from './engines.ts';
import { freePort } from './free-port.ts';
import { asAdmin } from './postgres-server.ts';
import { temporaryDirectory } from './unprivileged.ts';

const PROGRAM = '/usr/sbin/pgbouncer';

export const hasPgbouncer: boolean = existsSync(PROGRAM);

export interface Pgbouncer {
  readonly port: number;
  stop(): Promise<void>;
}

/** A pooler before a customer's PostgreSQL, with so many connections of the database's. It takes no TLS. */
export async function startPgbouncer(
  database: Pick<CustomerDatabase, 'host' | 'port' | 'database' | 'user' | 'password'>,
  mode: 'session' | 'transaction' | 'statement',
  more: { readonly size?: number; readonly settings?: readonly string[] } = {},
): Promise<Pgbouncer> {
  const directory = temporaryDirectory('pgbouncer');
  const port = await freePort();
  const users = join(directory, 'users');
  const settings = join(directory, 'settings');
  await writeUnprivileged(users, `"${database.user}" "${database.password}"\n`);
  await writeUnprivileged(
    settings,
    [
      '[databases]',
      `${database.database} = host=${database.host} port=${database.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${users}`,
      `pool_mode = ${mode}`,
      `default_pool_size = ${more.size ?? 5}`,
      ...(more.settings ?? []),
      '',
    ].join('\n'),
  );
  const url = `postgres://${database.user}:${database.password}@127.0.0.1:${port}/${database.database}`;
  const server = await startChildServer({
    program: PROGRAM,
    args: ['-q', settings],
    stopSignal: 'SIGKILL',
    ready: () => asAdmin(url, (client) => client.query('select 1')),
  });
  return {
    port,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
