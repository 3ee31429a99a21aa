import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { sql } from './sql.ts';
import { takeTurns } from './take-turns.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('H2 an organization whose many creations wait for each other leaves connections to the others', async () => {
  const [mine, other] = [newId<OrganizationId>(), newId<OrganizationId>()];
  const { db } = database;
  const holds = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const first = db.tenant(mine, async (tx) => {
    await takeTurns(tx, 'things');
    holds.resolve();
    await end.promise;
  });
  await holds.promise;
  const waiting = Array.from({ length: 40 }, () => db.tenant(mine, (tx) => takeTurns(tx, 'things')));
  expect(await db.tenant(other, (tx) => tx.one(sql`select 1 as one`))).toEqual({ one: 1 });
  end.resolve();
  await Promise.all([first, ...waiting]);
});
