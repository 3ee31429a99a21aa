import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { lineBetween } from '../../../test/line-between.ts';
import { asAdmin } from '../../../test/postgres-server.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { refusalOf } from '../http/problem.ts';
import { openDb } from './db.ts';
import { openSession } from './session.ts';
import { sql } from './sql.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  // Whoever writes here loses the connection at the commit.
  await asAdmin(database.ownerUrl, (client) =>
    client.query(`
      create table fatal (x int);
      grant insert on fatal to public;
      create function die() returns trigger security definer language plpgsql as
        $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
      create constraint trigger at_commit after insert on fatal deferrable initially deferred
        for each row execute function die();`),
  );
});
afterAll(() => database?.close());

const refusalAfter = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => refusalOf(error).code,
  );

it('a connection lost before the commit: nothing was changed, with a code and not as a fault', async () => {
  const lost = database.db.system('a test', async (tx) => {
    const { pid } = await tx.one<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await asAdmin(database.ownerUrl, (client) =>
      client.query('select pg_terminate_backend($1, 2000)', [pid]),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  expect(await refusalAfter(lost)).toBe('database_unavailable');
});

it.each(['idle_in_transaction_session_timeout', 'transaction_timeout'])(
  'a transaction that stood still, or was open, for too long: the same (%s)',
  async (setting) => {
    const ended = database.db.system('a test', async (tx) => {
      await tx.many(sql`select set_config(${setting}, '1ms', true)`);
      // As a frozen node: the next statement goes out before anything of the end was read.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      await tx.many(sql`select 1 as one`);
    });
    expect(await refusalAfter(ended)).toBe('database_unavailable');
  },
);

it('of two that wait for each other, the one that PostgreSQL gives up is told to try again', async () => {
  const holds = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const answers = await Promise.all(
    [1, 2].map((own, i) =>
      refusalAfter(
        database.db.system('a test', async (tx) => {
          await tx.many(sql`select pg_advisory_xact_lock(${own})`);
          holds[i]?.resolve();
          await Promise.all(holds.map(({ promise }) => promise));
          await tx.many(sql`select pg_advisory_xact_lock(${3 - own})`);
        }),
      ),
    ),
  );
  expect(answers.sort()).toEqual(['database_busy', 'none']);
});

it('of several rows where one is asked for, none is taken for it', async () => {
  const ask = (how: 'one' | 'maybe', count: number) =>
    database.db.system('a test', (tx) => tx[how](sql`select n from generate_series(1, ${count}::int) as n`));
  expect([await ask('one', 1), await ask('maybe', 1)]).toEqual([{ n: 1 }, { n: 1 }]);
  expect(await ask('maybe', 0)).toBeUndefined();
  expect(await refusalAfter(ask('one', 0))).toBe('fault');
  for (const how of ['one', 'maybe'] as const) expect(await refusalAfter(ask(how, 2))).toBe('fault');
});

it('a full disk is told as one', async () => {
  const full = database.db.system('a test', (tx) =>
    tx.run(sql`do $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`),
  );
  expect(await refusalAfter(full)).toBe('database_full');
});

it('a database that takes no writes is told as one, and asked by a new connection once it does', async () => {
  const name = new URL(database.ownerUrl).pathname.slice(1);
  const set = (text: string) =>
    asAdmin(database.ownerUrl, (client) =>
      client.query(`begin read write; alter database ${name} ${text}; commit`),
    );
  await set('set default_transaction_read_only = on');
  const db = openDb({ app: database.appConfig, system: database.systemConfig });
  const session = openSession(database.systemConfig);
  const organization = newId<OrganizationId>();
  const insert = sql`insert into organizations (id, name) values (${newId()}, 'Standby Stores')`;
  const write = () =>
    Promise.all([
      refusalAfter(db.system('a test', (tx) => tx.run(insert))),
      refusalAfter(db.tenant(organization, (tx) => tx.run(sql`delete from invitations`))),
      refusalAfter(session.run(sql`delete from invitations`)),
    ]);
  try {
    expect(await write()).toEqual(Array(3).fill('database_read_only'));
    // Of a server that was demoted, no connection that is kept would ever lead to the new primary.
    await set('reset default_transaction_read_only');
    expect(await write()).toEqual(Array(3).fill('none'));
  } finally {
    await session.close();
    await db.close();
  }
});

it('a statement that failed and was passed over is no commit', async () => {
  let told = false;
  const passedOver = database.db.system('a test', async (tx) => {
    tx.afterCommit(() => {
      told = true;
    });
    await tx.run(sql`select 1 / 0`).catch(() => undefined);
  });
  await expect(passedOver).rejects.toThrow('nothing was committed');
  expect(told).toBe(false);
});

it('a connection lost in the commit: nobody is told that nothing was changed', async () => {
  const lost = database.db.system('a test', (tx) => tx.run(sql`insert into fatal values (1)`));
  expect(await refusalAfter(lost)).toBe('database_outcome_unknown');
});

it('a connection lost in the commit of nothing but reads: there was nothing to change', async () => {
  const lost = database.db.system('a test', async (tx) => {
    const { pid } = await tx.one<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    process.kill(pid, 'SIGTERM');
    // Without a turn of the event loop, so that the commit is sent and nobody has seen yet that the connection is lost.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  });
  expect(await refusalAfter(lost)).toBe('database_unavailable');
});

it('the pool goes on', async () => {
  expect(await database.db.system('a test', (tx) => tx.one(sql`select 1 as one`))).toEqual({ one: 1 });
});

it('a server that is gone without a word: nobody waits for good, and the pool goes on where it is again', async () => {
  const { host = '', port = 0 } = database.systemConfig;
  const line = await lineBetween(host, port);
  const way = { host: line.host, port: line.port };
  const db = openDb({
    app: { ...database.appConfig, ...way },
    system: { ...database.systemConfig, ...way, max: 2 },
    silence: { beginMs: 300, statementMs: 600 },
  });
  const one = () => db.system('a test', (tx) => tx.one(sql`select 1 as one`));
  await Promise.all([one(), one()]);
  const silent = Promise.withResolvers<void>();
  const underWay = db.system('a test', async (tx) => {
    line.fallSilent();
    silent.resolve();
    await tx.run(sql`insert into fatal values (1)`);
  });
  await silent.promise;
  // One at its statement, one at its beginning; the next gets a connection of its own.
  const answers = await Promise.all([underWay, one()].map(refusalAfter));
  expect(answers).toEqual(['database_unavailable', 'database_unavailable']);
  expect(await one()).toEqual({ one: 1 });
  const inCommit = db.system('a test', async (tx) => {
    await tx.run(sql`insert into fatal values (1)`);
    line.fallSilent();
  });
  expect(await refusalAfter(inCommit)).toBe('database_outcome_unknown');
  expect(await one()).toEqual({ one: 1 });
  await db.close();
  line.close();
});
