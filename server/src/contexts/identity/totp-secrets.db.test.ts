import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { INSTALLATION, newId, type PersonId } from '../../kernel/ids.ts';
import type { SealedValue } from '../vault/index.ts';
import { insertPerson } from './accounts.store.ts';
import { insertTotp } from './credentials.store.ts';
import { totpSecrets } from './totp-secrets.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

it('a rotation finds every secret, page by page, and replaces only what it read', async () => {
  await database.db.system('test', async (tx) => {
    for (let i = 0; i < 5; i++) {
      const person = newId<PersonId>();
      await insertPerson(tx, { id: person, email: `p${i}@example.com`, name: 'P' });
      await insertTotp(tx, { id: newId(), person, sealed: `sealed ${i}` });
    }
  });
  await database.db.system('test', async (tx) => {
    expect(await totpSecrets.count(tx, INSTALLATION)).toBe(5);
    const first = await totpSecrets.page(tx, INSTALLATION, null, 3);
    const rest = await totpSecrets.page(tx, INSTALLATION, first.at(-1)!.position, 3);
    expect([...first, ...rest].map((item) => item.sealed)).toHaveLength(5);
    expect(await totpSecrets.replace(tx, INSTALLATION, first[0]!, 'new' as SealedValue)).toBe(true);
    expect(await totpSecrets.replace(tx, INSTALLATION, first[0]!, 'newer' as SealedValue)).toBe(false);
  });
  const organization = await database.newOrganization();
  await database.db.tenant(organization, async (tx) => {
    expect(await totpSecrets.count(tx, organization)).toBe(0);
    expect(await totpSecrets.page(tx, organization, null, 3)).toEqual([]);
  });
});
