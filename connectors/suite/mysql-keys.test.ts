import mysqlDriver from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerDatabase, customerMariadb, hasMariadb } from '../../server/test/engines.ts';
import { mysql } from '../mysql/index.ts';
import { mysqlLanguage } from '../mysql/language/index.ts';
import { compileAt } from './compile-at.ts';
import { run } from './harness.ts';
import { mysqlKeys } from './mysql-keys.ts';
import { poolOf, type SqlEngine } from './sql-harness.ts';
import { sqlKeys } from './sql-keys.ts';

describe.skipIf(!hasMariadb)('MariaDB', () => {
  let database: CustomerDatabase;
  const engine: SqlEngine = {
    name: 'mysql',
    connector: mysql,
    database: () => database,
    admin: async (sql) => {
      const connection = await mysqlDriver.createConnection(database.adminUrl);
      await connection.query(sql);
      await connection.end();
      return [];
    },
    dialect: undefined as never,
  };
  beforeAll(async () => {
    await mysqlLanguage.load();
    database = await customerMariadb();
  });
  afterAll(() => database.close());

  sqlKeys(engine, mysqlKeys);

  it('Q17 a reader that may only select is told the keys too', async () => {
    const user = `only_${database.user}`.slice(0, 30);
    await engine.admin(`create user ${user}@'%' identified by 'pw'`);
    await engine.admin(`grant select on ${database.database}.* to ${user}@'%'`);
    const pool = poolOf(engine, { user, password: 'pw' });
    const text = 'select f.id from flights f join airports o on o.iata = f.origin';
    expect((await compileAt(pool, mysqlLanguage, text)).key).toEqual(['id']);
    await pool.close();
    await engine.admin(`drop user ${user}@'%'`);
  });

  it('Q17 an engine that does not keep its keys has none', async () => {
    const pool = poolOf(engine);
    for (const sql of [
      'create table part_a (id int primary key) engine = MyISAM',
      'create table part_b like part_a',
      'insert into part_a values (1)',
      'insert into part_b values (1)',
      'create table parts (id int primary key) engine = MERGE union = (part_a, part_b)',
    ])
      await run(pool, sql, { effect: 'schema' });
    const text = 'select id from parts';
    expect((await run(pool, text)).rows).toHaveLength(2);
    expect((await compileAt(pool, mysqlLanguage, text)).key).toEqual([]);
    await pool.close();
  });
});
