import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { secretConstants } from '../src/contexts/gateway/index.ts';
import { sealedCredentials } from '../src/contexts/sources/index.ts';
import type { Rewrappable, SealedValue } from '../src/contexts/vault/index.ts';
import { newId } from '../src/kernel/ids.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { asAdmin } from './postgres-server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

const owner = (text: string, values: readonly unknown[]) =>
  asAdmin(database.ownerUrl, (client: pg.Client) => client.query(text, [...values]));

const TABLES: readonly [
  Rewrappable,
  column: string,
  add: (organization: string, i: number) => Promise<unknown>,
][] = [
  [
    secretConstants,
    'sealed',
    (organization, i) =>
      owner(
        'insert into constants (organization_id, name, id, secret, sealed) values ($1, $2, $3, true, $4)',
        [organization, `c${i}`, newId(), `sealed ${i}`],
      ),
  ],
  [
    sealedCredentials,
    'credential',
    async (organization, i) => {
      const id = newId();
      await owner(
        `insert into sources (id, organization_id, name, slug, engine, mode, created_by)
            values ($1, $2, 'S', $3, 'postgres', 'read', $1)`,
        [id, organization, `s${i}`],
      );
      await owner(
        `insert into source_environments (source_id, organization_id, environment, settings, credential)
            values ($1, $2, 'production', '{}', $3)`,
        [id, organization, `sealed ${i}`],
      );
    },
  ],
];

it.each(TABLES.map((one) => [one[0].table, ...one] as const))(
  'D3 a rotation of %s finds every value, page by page, and replaces only what it read',
  async (name, table, column, add) => {
    const [mine, theirs] = [await database.newOrganization(), await database.newOrganization()];
    for (let i = 0; i < 5; i++) await add(mine, i);
    await add(theirs, 5);
    await database.db.tenant(mine, async (tx) => {
      expect(await table.count(tx, mine)).toBe(5);
      const first = await table.page(tx, mine, null, 3);
      const rest = await table.page(tx, mine, first.at(-1)!.position, 3);
      const found = [...first, ...rest].map(({ sealed }) => sealed).sort();
      expect(found).toEqual(Array.from({ length: 5 }, (_, i) => `sealed ${i}`));
      expect(await table.replace(tx, mine, first[0]!, 'new' as SealedValue)).toBe(true);
      // Somebody wrote it meanwhile: what they wrote stays.
      expect(await table.replace(tx, mine, first[0]!, 'newer' as SealedValue)).toBe(false);
    });
    const kept = await owner(`select ${column} as value from ${pg.escapeIdentifier(name)}`, []);
    expect(kept.rows.filter(({ value }) => !value.startsWith('sealed ')).map(({ value }) => value)).toEqual([
      'new',
    ]);
  },
);
