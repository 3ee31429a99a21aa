import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import { isMysql, mariadbIsInstalled } from './mariadb-server.ts';
import { databaseUrl } from './migrated-postgres.ts';
import { asAdmin, type PostgresServer } from './postgres-server.ts';
import { sharedServer } from './shared-server.ts';

/** A customer's empty database on a real server, with one login that owns it and nothing else. */
export interface CustomerDatabase {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** The server's superuser, connected to this database. */
  readonly adminUrl: string;
  /** The authority of the server's certificate for `localhost`; the server takes TLS and plain connections. */
  readonly caPem: string;
  close(): Promise<void>;
}

/** A customer's PostgreSQL: 18 as embedded, or Debian's 15. */
export async function customerPostgres(version: 15 | 18 = 18): Promise<CustomerDatabase> {
  return customerOn(await sharedServer(version === 18 ? 'postgres' : 'postgres15'));
}

/** A customer's database on that server. */
export async function customerOn(
  server: Pick<PostgresServer, 'host' | 'port' | 'adminUrl' | 'caPem'>,
): Promise<CustomerDatabase> {
  const name = `customer_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await asAdmin(server.adminUrl, async (client) => {
    await client.query(`create role ${name} login password '${password}'`);
    await client.query(`create database ${name} owner ${name}`);
  });
  return {
    host: server.host,
    port: server.port,
    database: name,
    user: name,
    password,
    adminUrl: databaseUrl(server.adminUrl, name),
    caPem: server.caPem,
    close: () =>
      asAdmin(server.adminUrl, async (client) => {
        await client.query(`drop database ${name} with (force)`);
        await client.query(`drop role ${name}`);
      }),
  };
}

/** Whether `customerMariadb` can work here; `npm test` installs it where it may. */
export const hasMariadb: boolean = mariadbIsInstalled();

/** Whether `customerMariadb` gives a MySQL, as `TEST_MYSQLD` says. */
export { isMysql };

/** A customer's MariaDB, or MySQL. */
export async function customerMariadb(): Promise<CustomerDatabase> {
  const server = await sharedServer('mariadb');
  const name = `customer_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const admin = (database = '') =>
    `mysql://${server.adminUser}:${server.adminPassword}@${server.host}:${server.port}/${database}`;
  const execute = async (...statements: string[]) => {
    const connection = await mysql.createConnection(admin());
    for (const statement of statements) await connection.query(statement);
    await connection.end();
  };
  await execute(
    `create database ${name}`,
    `create user ${name}@'%' identified by '${password}'`,
    `grant all on ${name}.* to ${name}@'%'`,
  );
  return {
    host: server.host,
    port: server.port,
    database: name,
    user: name,
    password,
    adminUrl: admin(name),
    caPem: server.caPem,
    close: () => execute(`drop database ${name}`, `drop user ${name}@'%'`),
  };
}
