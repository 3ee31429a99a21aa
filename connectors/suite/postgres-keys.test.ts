import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerDatabase, customerPostgres } from '../../server/test/engines.ts';
import { asAdmin } from '../../server/test/postgres-server.ts';
import { postgres } from '../postgres/index.ts';
import { postgresLanguage } from '../postgres/language/index.ts';
import { compileAt } from './compile-at.ts';
import { run } from './harness.ts';
import { postgresKeys } from './postgres-keys.ts';
import { poolOf, type SqlEngine } from './sql-harness.ts';
import { sqlKeys } from './sql-keys.ts';

describe.each([15, 18] as const)('PostgreSQL %s', (version) => {
  let database: CustomerDatabase;
  const engine: SqlEngine = {
    name: 'postgres',
    connector: postgres,
    database: () => database,
    admin: (sql) => asAdmin(database.adminUrl, async (client) => (await client.query(sql)).rows),
    dialect: undefined as never,
  };
  beforeAll(async () => {
    await postgresLanguage.load();
    database = await customerPostgres(version);
  });
  afterAll(() => database.close());

  sqlKeys(engine, postgresKeys);

  const JOIN = 'select f.id from flights f join airports o on o.iata = f.origin';
  const keyOf = async (text: string) => {
    const pool = poolOf(engine);
    const { key } = await compileAt(pool, postgresLanguage, text);
    const { rows } = await run(pool, text);
    await pool.close();
    return { key, repeats: rows.length - new Set(rows.map((row) => row.id)).size };
  };

  it('Q17 no key is claimed where = is an operator of the database’s own', async () => {
    const { user } = database;
    await engine.admin('create schema odd');
    await engine.admin(`grant usage on schema odd to ${user}`);
    await engine.admin(
      `create function odd.alike(text, text) returns boolean language sql immutable as 'select true';
      create operator odd.= (leftarg = text, rightarg = text, function = odd.alike)`,
    );
    expect(await keyOf(JOIN)).toEqual({ key: ['id'], repeats: 0 });
    await engine.admin(`alter role ${user} set search_path = odd, pg_catalog, public`);
    const odd = await keyOf(JOIN);
    expect(odd.key).toEqual([]);
    expect(odd.repeats).toBeGreaterThan(0);
    await engine.admin(`alter role ${user} reset search_path; drop schema odd cascade`);
  });

  it('Q17 no key is claimed where = is an operator of what a domain stands on in the end', async () => {
    const coded = 'select f.id from flights f left join coded c on c.code = f.origin';
    expect((await keyOf(coded)).key).toEqual(['id']);
    await engine.admin(
      `create function alike(varchar, text) returns boolean language sql immutable as 'select true';
      create operator = (leftarg = varchar, rightarg = text, function = alike)`,
    );
    expect((await keyOf(coded)).key).toEqual([]);
    await engine.admin('drop function alike cascade');
  });

  it('Q17 no key is claimed where an operator, or a namesake of a function of the engine’s own, returns sets', async () => {
    const twice = `language sql as 'select $1 union all select $1'`;
    for (const [make, text, drop] of [
      [
        `create function twice(int) returns setof int ${twice}; create operator !!! (rightarg = int, function = twice)`,
        'select f.id, !!! f.id as n from flights f',
        'drop function twice cascade',
      ],
      [
        `create function upper(int) returns setof int ${twice}`,
        'select f.id, upper(f.id) as n from flights f',
        'drop function upper(int)',
      ],
    ] as const) {
      expect((await keyOf(JOIN)).key).toEqual(['id']);
      await engine.admin(make);
      const repeated = await keyOf(text);
      expect(repeated.key).toEqual([]);
      expect(repeated.repeats).toBeGreaterThan(0);
      await engine.admin(drop);
    }
  });

  it('Q17 a name means what the session’s search path makes of it, not a table of another schema', async () => {
    const { user } = database;
    await engine.admin(
      `create schema other; grant usage on schema other to ${user}; create table other.airports (iata text);
      insert into other.airports values ('AA'), ('AA'); grant select on other.airports to ${user};
      alter role ${user} set search_path = other, public`,
    );
    const { key, repeats } = await keyOf(JOIN);
    expect(key).toEqual([]);
    expect(repeats).toBeGreaterThan(0);
    await engine.admin(`alter role ${user} reset search_path; drop schema other cascade`);
  });
});
