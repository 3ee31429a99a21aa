import pg from 'pg';
import { takesNoWrites } from './database-away.ts';
import type { Sql } from './sql.ts';
import { TextStatement } from './text-statement.ts';
import { typeParsers } from './type-parsers.ts';

/** One connection kept for one kind of statement, each its own transaction: for work whose latency is one round trip. */
export interface Session {
  /** Runs a statement, when those before it have ended, and commits it. Connects when needed; a connection that fails is dropped, and the next call opens another. */
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

  const perform = async (query: Sql): Promise<number> => {
    const open = await client();
    try {
      const { name, text, values } = query;
      if (name !== undefined && values.every(isText))
        return await open.query(new TextStatement(name, text, values)).finished;
      const config = { text, values: [...values], queryMode: 'extended' as const };
      const { rowCount } = await open.query(name === undefined ? config : { ...config, name });
      return rowCount ?? 0;
    } catch (error) {
      // A statement that the server refused leaves the connection sound, unless it is one that takes no writes; anything else
      // leaves it unknown.
      if (!(error instanceof pg.DatabaseError) || error.severity === 'FATAL' || takesNoWrites(error))
        drop(open);
      throw error;
    }
  };
  let last: Promise<unknown> | undefined;

  return {
    run: (query) => {
      const turn = last === undefined ? perform(query) : last.then(() => perform(query));
      const ended = turn
        .catch(() => undefined)
        .then(() => {
          if (last === ended) last = undefined;
        });
      last = ended;
      return turn;
    },
    close: async () => {
      const closing = current;
      current = undefined;
      await closing?.then((open) => open.end()).catch(() => undefined);
    },
  };
}

const isText = (value: unknown): value is string | null => typeof value === 'string' || value === null;
