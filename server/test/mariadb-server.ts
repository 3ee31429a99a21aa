import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';
import { runUnprivileged, startChildServer, writeUnprivileged } from './child-server.ts';
import { freePort } from './free-port.ts';
import { testCertificate } from './tls-authority.ts';
import { temporaryDirectory } from './unprivileged.ts';

const MARIADB = '/usr/sbin/mariadbd';
/** A MySQL server to test with in place of MariaDB, of 8.0 or later: a program that takes the options of `mysqld`. */
const MYSQL = process.env.TEST_MYSQLD;

export const isMysql: boolean = MYSQL !== undefined;

/** A throw-away MariaDB, or MySQL, with a superuser `admin` over TCP. */
export interface MariadbServer {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly adminUser: string;
  readonly adminPassword: string;
  readonly caPem: string;
  /** A connection of the superuser; dates and times come as the texts that they are. */
  admin(): Promise<Connection>;
  stop(): Promise<void>;
}

export const mariadbIsInstalled = (): boolean => existsSync(MYSQL ?? MARIADB);

export async function startMariadb(): Promise<MariadbServer> {
  const directory = temporaryDirectory('mariadb');
  const data = join(directory, 'data');
  const admin = { adminUser: 'admin', adminPassword: 'a-password-of-the-test-server' };
  if (MYSQL === undefined)
    await runUnprivileged('mariadb-install-db', [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ]);
  else await runUnprivileged(MYSQL, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`]);
  const start = join(directory, 'start.sql');
  await writeUnprivileged(
    start,
    `create user '${admin.adminUser}'@'%' identified by '${admin.adminPassword}';\ngrant all on *.* to '${admin.adminUser}'@'%' with grant option;\n`,
  );
  const certificate = testCertificate(directory);
  const port = await freePort();
  const server = await startChildServer({
    program: MYSQL ?? MARIADB,
    args: [
      '--no-defaults',
      ...(isMysql ? ['--mysqlx=OFF'] : []),
      `--datadir=${data}`,
      `--init-file=${start}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(directory, 'socket')}`,
      `--pid-file=${join(directory, 'pid')}`,
      `--ssl-cert=${certificate.certFile}`,
      `--ssl-key=${certificate.keyFile}`,
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-buffer-pool-size=32M',
      '--character-set-server=utf8mb4',
    ],
    stopSignal: 'SIGKILL',
    ready: () => answers(port),
  });
  return {
    host: '127.0.0.1',
    port,
    ...admin,
    caPem: certificate.caPem,
    admin: () =>
      createConnection({
        host: '127.0.0.1',
        port,
        user: admin.adminUser,
        password: admin.adminPassword,
        dateStrings: true,
      }),
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** MariaDB speaks first: its greeting means that it takes connections, after the init file ran. */
function answers(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed without a greeting')));
  });
}
