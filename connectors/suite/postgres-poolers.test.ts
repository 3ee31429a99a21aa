import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerDatabase, customerPostgres } from '../../server/test/engines.ts';
import { hasPgbouncer, type Pgbouncer, startPgbouncer } from '../../server/test/pgbouncer.ts';
import type { Pool } from '../port.ts';
import { postgres } from '../postgres/index.ts';
import { codeOf, openPool, run } from './harness.ts';

let database: CustomerDatabase;
beforeAll(async () => {
  database = await customerPostgres();
});
afterAll(() => database.close());

const poolAt = (port: number): Pool =>
  openPool(
    postgres,
    { engine: 'postgres', host: 'localhost', port, database: database.database, tls: 'off' },
    { kind: 'password', user: database.user, password: database.password },
  );

async function behind(pooler: Pgbouncer, work: (pool: Pool) => Promise<void>): Promise<void> {
  const pool = poolAt(pooler.port);
  try {
    await work(pool);
  } finally {
    await pool.close();
    await pooler.stop();
  }
}

describe.skipIf(!hasPgbouncer)('a pooler between', () => {
  it.each([
    ['transaction', 5, []],
    ['transaction', 1, []],
    // Each transaction gets the process that has waited longest: no two sessions are seen on one.
    ['transaction', 5, ['server_round_robin = 1', 'min_pool_size = 5']],
    ['statement', 5, []],
  ] as const)(
    'that lends a connection for each %s (%i, %j) is refused, and none of ours is left at another’s',
    async (mode, size, settings) => {
      await behind(await startPgbouncer(database, mode, { size, settings }), async (pool) => {
        expect(await codeOf(pool.probe())).toBe('source_connection_shared');
        const many = await Promise.all(Array.from({ length: 5 }, () => codeOf(run(pool, 'select 1 as one'))));
        expect(new Set(many)).toEqual(new Set(['source_connection_shared']));
        const other = await clientOf(database.port);
        const { rows } = await other.query(
          `select count(*)::int as n from pg_stat_activity where usename = $1 and query ilike 'set %'`,
          [database.user],
        );
        await other.end();
        expect(rows).toEqual([{ n: 0 }]);
      });
    },
  );

  it('in session mode is as good as none, though it has fewer connections than we would open', async () => {
    await behind(await startPgbouncer(database, 'session', { size: 2 }), async (pool) => {
      expect((await pool.probe()).serverVersion).toMatch(/^PostgreSQL/);
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, i) => run(pool, 'select $1::int as i', { binds: [String(i)] })),
      );
      expect(all.map((one) => one.rows)).toEqual(all.map((_, i) => [{ i }]));
      await run(pool, 'create table written (i int)', { effect: 'schema' });
      const write = await run(pool, 'insert into written values (1)', { effect: 'write' });
      expect(write.end.changed).toBe(1);
    });
  });

  it('that begins to share later is found by the run itself, and nothing of it happens', async () => {
    const settings = [`admin_users = ${database.user}`];
    const pooler = await startPgbouncer(database, 'session', { settings });
    const direct = await clientOf(database.port);
    await direct.query('create table later (i int)');
    await behind(pooler, async (pool) => {
      await run(pool, 'select 1 as one');
      const control = await clientOf(pooler.port, 'pgbouncer');
      await control.query("set pool_mode = 'transaction'");
      await control.end();
      const { rows } = await run(pool, 'select pg_backend_pid() as process');
      const [own] = rows;
      // It is free now. Somebody else gets it, and we another.
      const others: pg.Client[] = [];
      for (;;) {
        const other = await clientOf(pooler.port);
        others.push(other);
        await other.query('begin');
        if ((await other.query('select pg_backend_pid() as process')).rows[0].process === own?.process) break;
      }
      for (const other of others.slice(0, -1)) await other.query('rollback');
      for (const [text, effect] of [
        ['insert into later values (1)', 'write'],
        ['select 1 as one', 'read'],
      ] as const)
        expect(await codeOf(run(pool, text, { effect }))).toBe('source_connection_shared');
      for (const other of others) await other.end();
    });
    expect((await direct.query('select from later')).rowCount).toBe(0);
    await direct.end();
  });
});

async function clientOf(port: number, name = database.database): Promise<pg.Client> {
  const { user, password } = database;
  const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: name });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
