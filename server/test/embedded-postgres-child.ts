/** A process that opens an embedded PostgreSQL, commits one row, says its number, and waits to be killed. */
import { dirname } from 'node:path';
import pg from 'pg';
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres/embedded-postgres.ts';

const directory = process.argv[2] ?? '';
const log = { info: () => undefined, warn: () => undefined };
const postgres = await openEmbeddedPostgres({
  directory,
  dataDirectory: dirname(directory),
  log,
  onLost: () => undefined,
});
const client = new pg.Client({
  host: postgres.host,
  port: postgres.port,
  ...postgres.owner,
  database: 'postgres',
});
await client.connect();
await client.query('create table written as select 1 as one');
process.stdout.write(`${postgres.pid}\n`);
setInterval(() => undefined, 1_000);
