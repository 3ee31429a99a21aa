import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CustomerDatabase } from './engines.ts';
import { databaseUrl } from './migrated-postgres.ts';
import { asAdmin, embeddedPostgres, startPostgres } from './postgres-server.ts';

/** A customer's database on a PostgreSQL 18 of its own, which writes every statement that it receives to its log. */
export interface LoggingPostgres extends CustomerDatabase {
  /** Each statement as the engine received it, by the login of the customer. */
  statements(): Promise<string[]>;
}

export async function loggingPostgres(): Promise<LoggingPostgres> {
  const server = await startPostgres(embeddedPostgres(), {
    logging_collector: 'on',
    log_directory: 'log',
    log_destination: 'jsonlog',
    log_statement: 'all',
    log_min_duration_statement: '-1',
  });
  const name = `customer_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await asAdmin(server.adminUrl, async (client) => {
    await client.query(`create role ${name} login password '${password}'`);
    await client.query(`create database ${name} owner ${name}`);
  });
  const folder = join(server.data, 'log');
  return {
    host: server.host,
    port: server.port,
    database: name,
    user: name,
    password,
    adminUrl: databaseUrl(server.adminUrl, name),
    caPem: server.caPem,
    statements: async () => {
      const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
      const lines = (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8'))))
        .join('')
        .split('\n');
      return lines
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .map((line) => JSON.parse(line) as { user?: string; message?: string })
        .filter((entry) => entry.user === name)
        .map((entry) => /^(?:execute [^:]*|statement): ([\s\S]*)$/.exec(entry.message ?? '')?.[1])
        .filter((text) => text !== undefined);
    },
    close: () => server.stop(),
  };
}
