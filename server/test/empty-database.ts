import { randomBytes } from 'node:crypto';
import { roleName } from '../src/platform/db/prepare.ts';
import { databaseUrl } from './migrated-postgres.ts';
import { asAdmin } from './postgres-server.ts';
import { sharedServer } from './shared-server.ts';

/** A database with nothing in it on the run's PostgreSQL 18, for a whole server that migrates it itself. */
export async function emptyDatabase(): Promise<{ readonly ownerUrl: string; close(): Promise<void> }> {
  const server = await sharedServer('postgres');
  const name = `server_${randomBytes(6).toString('hex')}`;
  await asAdmin(server.adminUrl, (client) =>
    client.query(`create database ${name} template template0 encoding 'UTF8'`),
  );
  return {
    ownerUrl: databaseUrl(server.adminUrl, name),
    close: () =>
      asAdmin(server.adminUrl, async (client) => {
        await client.query(`drop database ${name} with (force)`);
        await client.query(`drop role if exists ${roleName('app', name)}, ${roleName('system', name)}`);
      }),
  };
}
