import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { withClient } from '../src/platform/db/with-client.ts';
import { reachableRuntime } from '../src/platform/embedded-postgres/reachable-runtime.ts';
import { findRuntime } from '../src/platform/embedded-postgres/runtime.ts';
import type { RuntimeUser } from '../src/platform/embedded-postgres/runtime-user.ts';
import { runUnprivileged, startChildServer, writeUnprivileged } from './child-server.ts';
import { freePort } from './free-port.ts';
import { testCertificate } from './tls-authority.ts';
import { temporaryDirectory, unprivileged } from './unprivileged.ts';

/** A throw-away PostgreSQL: durable writes are off, and every local connection is trusted but needs its role. */
export interface PostgresServer {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** The superuser, connected to the database `postgres`. */
  readonly adminUrl: string;
  /** The authority of the server's certificate (it takes both TLS and plain connections). */
  readonly caPem: string;
  readonly caFile: string;
  readonly pid: number;
  /** Its data; a collected log is below `log`, and its Unix socket is beside it. */
  readonly data: string;
  stop(): Promise<void>;
}

/** The folder of Debian's PostgreSQL 15, or undefined when it is not installed. */
export function debianPostgres(version: number): string | undefined {
  const folder = `/usr/lib/postgresql/${version}/bin`;
  return existsSync(join(folder, 'postgres')) ? folder : undefined;
}

/** The folder of the PostgreSQL 18 that ships with Sallyport, where the user that tests run it as can reach it. */
export function embeddedPostgres(): string {
  const { uid, gid } = unprivileged;
  const user: RuntimeUser = uid === undefined || gid === undefined ? {} : { uid, gid };
  return join(reachableRuntime(findRuntime(), user).home, 'bin');
}

export const ADMIN_PASSWORD = 'a-password-of-the-test-server';

export async function startPostgres(
  bin: string,
  more: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const directory = temporaryDirectory('postgres');
  const data = join(directory, 'data');
  const passwordFile = join(directory, 'password');
  await writeUnprivileged(passwordFile, ADMIN_PASSWORD);
  await runUnprivileged(join(bin, 'initdb'), [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ]);
  const certificate = testCertificate(directory);
  const port = await freePort();
  const adminUrl = `postgres://postgres:${ADMIN_PASSWORD}@127.0.0.1:${port}/postgres`;
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: directory,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: 300,
    shared_buffers: '64MB',
    ssl: 'on',
    ssl_cert_file: certificate.certFile,
    ssl_key_file: certificate.keyFile,
    ...more,
  };
  const server = await startChildServer({
    program: join(bin, 'postgres'),
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    stopSignal: 'SIGQUIT',
    ready: () => asAdmin(adminUrl, (client) => client.query('select 1')),
  });
  return {
    host: '127.0.0.1',
    port,
    adminUrl,
    caPem: certificate.caPem,
    caFile: certificate.caFile,
    pid: server.pid,
    data,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** One short connection. */
export function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient({ connectionString: url }, work);
}
