import mysql from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/platform/db/sql.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { customerMariadb, customerPostgres, hasMariadb } from './engines.ts';
import { asAdmin, debianPostgres } from './postgres-server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

test('a test database is migrated, and its two roles can log in', async () => {
  const organization = await database.newOrganization();
  const seen = await database.db.tenant(organization, (tx) =>
    tx.one<{ organization: string; user: string }>(
      sql`select current_organization() as organization, current_user::text as user`,
    ),
  );
  expect(seen).toEqual({ organization, user: 'sallyport_app' });
  const system = await database.db.system('test', (tx) =>
    tx.one(sql`select current_user::text as user, current_organization() as organization`),
  );
  expect(system).toEqual({ user: 'sallyport_system', organization: null });
});

test.for([18, 15] as const)('a customer has a PostgreSQL %s of their own', async (version, { skip }) => {
  skip(version === 15 && debianPostgres(15) === undefined);
  const customer = await customerPostgres(version);
  const url = `postgres://${customer.user}:${customer.password}@${customer.host}:${customer.port}/${customer.database}`;
  const answer = await asAdmin(url, (client) =>
    client.query('select current_user, current_setting($1)::int / 10000 as major', ['server_version_num']),
  );
  expect(answer.rows).toEqual([{ current_user: customer.user, major: version }]);
  await customer.close();
});

test.skipIf(!hasMariadb)('a customer has a MariaDB of their own', async () => {
  const customer = await customerMariadb();
  const connection = await mysql.createConnection({
    host: customer.host,
    port: customer.port,
    user: customer.user,
    password: customer.password,
    database: customer.database,
    ssl: { ca: customer.caPem, rejectUnauthorized: true },
  });
  const [rows] = await connection.query('select database() as name');
  expect(rows).toEqual([{ name: customer.database }]);
  await connection.end();
  await customer.close();
});
