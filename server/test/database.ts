import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { newId, type OrganizationId } from '../src/kernel/ids.ts';
import { type Db, openDb } from '../src/platform/db/db.ts';
import { databaseUrl, TEMPLATE, TEST_ROLES } from './migrated-postgres.ts';
import { asAdmin } from './postgres-server.ts';
import { sharedServer } from './shared-server.ts';

export interface TestDatabase {
  readonly db: Db;
  /** The superuser that owns every table: for asserting on what the app may not see. */
  readonly ownerUrl: string;
  readonly appConfig: pg.PoolConfig;
  readonly systemConfig: pg.PoolConfig;
  newOrganization(): Promise<OrganizationId>;
  close(): Promise<void>;
}

/** A migrated database of its own for a test file, on the run's PostgreSQL 18. Close it in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await sharedServer('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server.adminUrl, (client) => client.query(`create database ${name} template ${TEMPLATE}`));
  const ownerUrl = databaseUrl(server.adminUrl, name);
  const login = (role: { name: string; password: string }): pg.PoolConfig => ({
    host: server.host,
    port: server.port,
    database: name,
    user: role.name,
    password: role.password,
  });
  const appConfig = login(TEST_ROLES.app);
  const systemConfig = login(TEST_ROLES.system);
  const db = openDb({ app: appConfig, system: systemConfig });
  return {
    db,
    ownerUrl,
    appConfig,
    systemConfig,
    newOrganization: async () => {
      const id = newId<OrganizationId>();
      await asAdmin(ownerUrl, (client) =>
        client.query('insert into organizations (id, name) values ($1, $2)', [id, `Organization ${id}`]),
      );
      return id;
    },
    close: async () => {
      await db.close();
      await asAdmin(server.adminUrl, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}
