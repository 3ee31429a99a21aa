import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { asAdmin } from '../../../test/postgres-server.ts';
import { refusalOf } from '../http/problem.ts';
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
