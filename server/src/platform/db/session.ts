import pg from 'pg';
import type { Sql } from './sql.ts';
import { typeParsers } from './type-parsers.ts';

/** One connection kept for one kind of statement, each its own transaction: for work whose latency is one round trip. */
export interface Session {
  /** Runs a statement and commits it. Connects when needed; a connection that fails is dropped, and the next call opens another. */
  run(query: Sql): Promise<number>;
  close(): Promise<void>;
}

/** `config` should carry `statement_timeout` and `query_timeout`: a server that stops answering is a failure, not a wait. */
export function openSession(config: pg.ClientConfig): Session {
  let current: Promise<pg.Client> | undefined;

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      types: typeParsers,
      ...config,
    });
    client.on('error', () => drop(client));
    client.on('end', () => drop(client));
    await client.connect();
    return client;
  };
  const drop = (client: pg.Client) => {
    current?.then(
      (open) => {
        if (open === client) current = undefined;
      },
      () => undefined,
    );
    client.end().catch(() => undefined);
  };
  const client = (): Promise<pg.Client> => {
    if (current === undefined) {
      const opening = connect();
      current = opening;
      opening.catch(() => {
        if (current === opening) current = undefined;
      });
    }
    return current;
  };

  return {
    run: async (query) => {
      const open = await client();
      try {
        const config = { text: query.text, values: [...query.values], queryMode: 'extended' as const };
        const { rowCount } = await open.query(
          query.name === undefined ? config : { ...config, name: query.name },
        );
        return rowCount ?? 0;
      } catch (error) {
        // A statement that the server refused leaves the connection sound; anything else leaves it unknown.
        if (!(error instanceof pg.DatabaseError) || error.severity === 'FATAL') drop(open);
        throw error;
      }
    },
    close: async () => {
      const last = current;
      current = undefined;
      await last?.then((open) => open.end()).catch(() => undefined);
    },
  };
}
