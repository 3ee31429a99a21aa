import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { withClient } from '../platform/db/with-client.ts';
import type { Columns } from './read-datasets.ts';

export const DEMO_DATABASE = 'demo';
export const DEMO_ROLE = 'sallyport_demo';

/** The engine's types of the columns that `unnest` fills. */
const TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  airports: {
    iata: 'text',
    name: 'text',
    city: 'text',
    state: 'text',
    country: 'text',
    latitude: 'float8',
    longitude: 'float8',
  },
  flights: {
    departed_at: 'timestamp',
    origin: 'text',
    destination: 'text',
    delay_minutes: 'int4',
    distance_miles: 'int4',
  },
  movies: {
    title: 'text',
    director: 'text',
    genre: 'text',
    rating: 'text',
    distributor: 'text',
    released_on: 'date',
    running_minutes: 'int4',
    budget_usd: 'numeric',
    worldwide_gross_usd: 'numeric',
    imdb_rating: 'numeric',
    imdb_votes: 'int4',
  },
};

interface Server {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/**
 * Fills the demo database once: airports, 272,727 flights between them, and films. It is made under a
 * passing name and renamed when it is whole, so that a seeding which was interrupted starts over.
 */
export async function seedDemo(server: Server, rolePassword: string): Promise<void> {
  await withClient({ ...server, database: 'postgres' }, async (admin) => {
    const role = pg.escapeIdentifier(DEMO_ROLE);
    const known = await admin.query('select 1 from pg_roles where rolname = $1', [DEMO_ROLE]);
    if (known.rowCount === 0)
      await admin.query(`create role ${role} login nosuperuser nocreatedb nocreaterole`);
    await admin.query(`alter role ${role} password ${pg.escapeLiteral(rolePassword)}`);
    const there = await admin.query('select 1 from pg_database where datname = $1', [DEMO_DATABASE]);
    if (there.rowCount !== 0) return;
    const passing = `${DEMO_DATABASE}_filling`;
    await admin.query(`drop database if exists ${passing}`);
    await admin.query(`create database ${passing}`);
    await fill({ ...server, database: passing });
    await admin.query(`alter database ${passing} rename to ${DEMO_DATABASE}`);
  });
}

async function fill(target: Server & { database: string }): Promise<void> {
  // What reads the data is for once, and for a demo.
  const { readAirports, readFlights, readMovies } = await import('./read-datasets.ts');
  await withClient(target, async (client) => {
    await client.query(await readFile(new URL('demo-schema.sql', import.meta.url), 'utf8'));
    await insertColumns(client, 'airports', await readAirports());
    await insertColumns(client, 'flights', await readFlights());
    await insertColumns(client, 'movies', await readMovies());
    // Checked all at once here; row by row, it would take most of the time of a first start.
    await client.query(`
      alter table flights add foreign key (origin) references airports, add foreign key (destination) references airports;
      create index flights_origin on flights (origin);
      create index flights_destination on flights (destination);
      create index flights_departed_at on flights (departed_at desc, id);
      revoke all on schema public from public;
      grant usage on schema public to ${DEMO_ROLE};
      grant select, insert, update, delete on all tables in schema public to ${DEMO_ROLE};
      analyze;`);
  });
}

async function insertColumns(client: pg.Client, table: string, columns: Columns): Promise<void> {
  const types = TYPES[table] ?? {};
  const names = Object.keys(types);
  const arrays = names.map((name, i) => `$${i + 1}::${types[name]}[]`);
  await client.query(
    `insert into ${table} (${names.join(', ')}) select * from unnest(${arrays.join(', ')})`,
    names.map((name) => columns[name]),
  );
}
