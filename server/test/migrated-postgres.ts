import { fileURLToPath } from 'node:url';
import { migrate } from '../src/platform/db/migrate.ts';
import { asAdmin, embeddedPostgres, type PostgresServer, startPostgres } from './postgres-server.ts';

export const TEMPLATE = 'sallyport_template';
export const TEST_ROLES = {
  app: { name: 'sallyport_app', password: 'a-password-of-the-app-role' },
  system: { name: 'sallyport_system', password: 'a-password-of-the-system-role' },
};
const migrations = fileURLToPath(new URL('../migrations', import.meta.url));

/** PostgreSQL 18 with a migrated database that `testDatabase` copies. */
export async function migratedPostgres(): Promise<PostgresServer> {
  const server = await startPostgres(embeddedPostgres());
  try {
    await asAdmin(server.adminUrl, (client) => client.query(`create database ${TEMPLATE}`));
    const owner = { connectionString: databaseUrl(server.adminUrl, TEMPLATE) };
    await migrate({ owner, roles: TEST_ROLES, folder: migrations, isServed: async () => false });
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
