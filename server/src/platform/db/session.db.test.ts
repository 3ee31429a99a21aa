import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { openSession, type Session } from './session.ts';
import { sql } from './sql.ts';

let database: TestDatabase;
let session: Session;

beforeAll(async () => {
  database = await testDatabase();
  session = openSession({
    connectionString: database.ownerUrl,
    statement_timeout: 5_000,
    query_timeout: 500,
  });
  await session.run(sql`create table kept (id text primary key, note text)`);
});
afterAll(async () => {
  await session.close();
  await database.close();
});

const put = (id: string, note: string | null) =>
  session.run(sql`insert into kept (id, note) values (${id}, ${note})`.named('put'));

test('texts of every kind arrive as they were sent', async () => {
  const notes = ['', 'plain', 'é ü 漢字 😀', `quote ' and \\ and $1`, 'x'.repeat(300_000), null];
  for (const [i, note] of notes.entries()) expect(await put(`arrives ${i}`, note)).toBe(1);
  for (const [i, note] of notes.entries())
    expect(
      await session.run(
        sql`update kept set id = id where id = ${`arrives ${i}`} and note is not distinct from ${note}`.named(
          'same',
        ),
      ),
    ).toBe(1);
});

test('what the server refuses leaves the connection sound', async () => {
  await put('once', null);
  await expect(put('once', null)).rejects.toMatchObject({ code: '23505' });
  await expect(put('zero \0', null)).rejects.toMatchObject({ code: '22021' });
  await expect(session.run(sql`insert into nowhere values (${'x'})`.named('nowhere'))).rejects.toMatchObject({
    code: '42P01',
  });
  expect(await put('after', null)).toBe(1);
});

test('calls at one time keep their own answers', async () => {
  await put('twice', null);
  const answers = await Promise.allSettled([put('a', 'a'), put('twice', 'b'), put('c', 'c')]);
  expect(answers.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a statement that does not end is a failure, and the next one runs on a new connection', async () => {
  const slow = session.run(sql`update kept set note = pg_sleep(2)::text where id = ${'once'}`.named('slow'));
  await expect(slow).rejects.toThrow('Query read timeout');
  expect(await put('after the slow one', null)).toBe(1);
});

test('a connection that is cut is a failure, and the next statement opens another', async () => {
  const cut = session.run(
    sql`update kept set note = pg_terminate_backend(pg_backend_pid())::text where id = ${'once'}`.named(
      'cut',
    ),
  );
  await expect(cut).rejects.toMatchObject({ code: '57P01' });
  expect(await put('after the cut', null)).toBe(1);
});
