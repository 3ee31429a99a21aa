import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CustomerDatabase, customerOn } from './engines.ts';
import { embeddedPostgres, startPostgres } from './postgres-server.ts';

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
  const customer = await customerOn(server);
  const folder = join(server.data, 'log');
  return {
    ...customer,
    statements: async () => {
      const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
      const lines = (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8'))))
        .join('')
        .split('\n');
      return lines
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .map((line) => JSON.parse(line) as { user?: string; message?: string })
        .filter((entry) => entry.user === customer.user)
        .map((entry) => /^(?:execute [^:]*|statement): ([\s\S]*)$/.exec(entry.message ?? '')?.[1])
        .filter((text) => text !== undefined);
    },
    close: () => server.stop(),
  };
}
