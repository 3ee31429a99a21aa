import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CustomerDatabase, customerPostgres } from '../../server/test/engines.ts';
import { lineBetween } from '../../server/test/line-between.ts';
import { hasPgbouncer, type Pgbouncer, startPgbouncer } from '../../server/test/pgbouncer.ts';
import { ConnectorError, type Dial, type Pool } from '../port.ts';
import { postgres } from '../postgres/index.ts';
import { codeOf, dial, openPool, run } from './harness.ts';

let database: CustomerDatabase;
beforeAll(async () => {
  database = await customerPostgres();
});
afterAll(() => database.close());

const poolAt = (port: number, by: Dial = dial): Pool =>
  openPool(
    postgres,
    { engine: 'postgres', host: 'localhost', port, database: database.database, tls: 'off' },
    { kind: 'password', user: database.user, password: database.password },
    { dial: by },
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

  it('says in its own way why it lets nobody in, and each is told as what it is', async () => {
    const settings = [
      `admin_users = ${database.user}`,
      'max_client_conn = 3',
      'query_wait_timeout = 1',
      'server_login_retry = 1',
    ];
    const pooler = await startPgbouncer(database, 'session', { size: 1, settings });
    const told = async (more: Partial<Record<'user' | 'password' | 'database', string>> = {}) => {
      const { user, password, database: name } = { ...database, ...more };
      const pool = openPool(
        postgres,
        { engine: 'postgres', host: 'localhost', port: pooler.port, database: name, tls: 'off' },
        { kind: 'password', user, password },
      );
      const error = await pool.probe().catch((failure: ConnectorError) => failure);
      await pool.close();
      return error instanceof ConnectorError ? [error.code, error.detail] : ['let in'];
    };
    const rejected = ['source_credential_rejected', 'The source rejected the user name or password.'];
    expect(await told({ password: 'another' })).toEqual(rejected);
    expect(await told({ user: 'nobody' })).toEqual(rejected);
    expect(await told({ database: 'nothing' })).toEqual(['source_failed', 'The database does not exist.']);
    const none = ['source_unavailable', 'The source has no free connections.'];
    const one = await clientOf(pooler.port);
    await one.query('select 1');
    expect(await told()).toEqual(none);
    const more = [await clientOf(pooler.port), await clientOf(pooler.port)];
    expect(await told()).toEqual(none);
    for (const client of [one, ...more]) await client.end();
    const control = await clientOf(pooler.port, 'pgbouncer');
    await control.query(`disable ${database.database}`);
    expect(await told()).toEqual([
      'source_unavailable',
      'A pooler between takes no connections for this database now.',
    ]);
    await control.end();
    await pooler.stop();
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

it('a PostgreSQL that is older than what its catalogues are asked for is refused, in words', async () => {
  const older =
    (to: string): Dial =>
    async (host, port, signal) => {
      const socket = await dial(host, port, signal);
      const push = socket.push.bind(socket);
      socket.push = (bytes: Buffer | null, ...more: []) => {
        const at = bytes?.indexOf('server_version\0') ?? -1;
        if (at >= 0) bytes?.write(to, at + 15, 'latin1');
        return push(bytes, ...more);
      };
      return socket;
    };
  const pool = poolAt(database.port, older('11'));
  const detail = expect.stringMatching(
    /^The source is PostgreSQL 11\.\S+\. Sallyport needs PostgreSQL 12 or later\.$/,
  );
  for (const refused of [pool.probe(), run(pool, 'select 1 as one')])
    await expect(refused).rejects.toMatchObject({ code: 'source_failed', detail });
  await pool.close();
  const oldest = poolAt(database.port, older('12'));
  expect((await run(oldest, 'select 1 as one')).rows).toEqual([{ one: 1 }]);
  await oldest.close();
});

// Pgpool-II before a primary and a standby sends to both what begins a text of several statements, and to one the rest.
it('what begins several statements ends no transaction, and no name is prepared twice', async () => {
  const sessions: string[][] = [];
  const pool = poolAt(database.port, async (host, port, signal) => {
    const socket = await dial(host, port, signal);
    const write = socket.write.bind(socket);
    const sent: string[] = [];
    sessions.push(sent);
    socket.write = ((bytes: Buffer, ...more: []) => {
      sent.push(bytes.toString('latin1'));
      return write(bytes, ...more);
    }) as typeof socket.write;
    return socket;
  });
  const read = (text: string) => run(pool, text);
  await run(pool, 'create table balanced (i int primary key)', { effect: 'schema' });
  for (const _ of [1, 2]) {
    await read('select i from balanced');
    expect(await codeOf(read('select 1 / (i - i) as x from (values (1)) v (i)'))).toBe(
      'source_refused_statement',
    );
    await read('select i from balanced');
    await run(pool, 'insert into balanced select count(*) from balanced', { effect: 'write' });
  }
  await pool.close();
  const ends = sessions.flat().flatMap((bytes) => bytes.match(/rollback[^\0]*/g) ?? []);
  expect(ends.length).toBeGreaterThan(4);
  expect(new Set(ends)).toEqual(new Set(['rollback']));
  const prepared = sessions.map((sent) =>
    [...sent.join('').matchAll(/P.{4}(s\d+)\0/gs)].map((match) => match[1]),
  );
  expect(prepared.flat().length).toBeGreaterThan(4);
  for (const names of prepared) expect(names).toEqual([...new Set(names)]);
});

it('a statement whose connection a proxy has cut is not run to its end, and lets go what it holds', async () => {
  const line = await lineBetween(database.host, database.port);
  const pool = poolAt(line.port);
  const direct = await clientOf(database.port);
  const running = async () =>
    (
      await direct.query(
        "select 1 from pg_stat_activity where query like '%cut here%' and pid <> pg_backend_pid()",
      )
    ).rowCount;
  await direct.query('create table held (i int)');
  // One as it was opened, and one that a write was reset on.
  for (const _ of [1, 2]) {
    const text = 'insert into held /* cut here */ select 1 from pg_sleep(60)';
    const code = codeOf(run(pool, text, { effect: 'write', timeoutMs: 60_000 }));
    await vi.waitFor(async () => expect(await running()).toBe(1), 5_000);
    line.cut();
    expect(await code).toBe('source_unreachable');
    await vi.waitFor(async () => expect(await running()).toBe(0), 10_000);
    await run(pool, 'insert into held values (2)', { effect: 'write' });
  }
  expect((await direct.query('select i from held')).rows).toEqual([{ i: 2 }, { i: 2 }]);
  await direct.end();
  await pool.close();
  line.close();
}, 30_000);

async function clientOf(port: number, name = database.database): Promise<pg.Client> {
  const { user, password } = database;
  const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: name });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
