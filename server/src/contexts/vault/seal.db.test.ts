import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { unattended } from '../../kernel/call.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { Secret } from '../../kernel/secret.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Audit, createAudit } from '../audit/index.ts';
import {
  createVault,
  events,
  localRootKey,
  type SealedPlace,
  type SealedValue,
  type Vault,
} from './index.ts';
import { additionalData } from './sealed-value.ts';

const root = localRootKey(
  new Secret(Buffer.from('9f3c1e07a4d25b68e1f0938b7c6d2a415e8f7a0b1c2d3e4f5a6b7c8d9eafb0c1', 'hex')),
);
let database: TestDatabase;
let audit: Audit;
let vault: Vault;
let place: SealedPlace;
let sealed: SealedValue;

const inTenant = <T>(organization: OrganizationId, work: Parameters<typeof database.db.tenant<T>>[1]) =>
  database.db.tenant(organization, work);
const open = (at: SealedPlace, value: string) =>
  inTenant(at.organization, (tx) => vault.open(tx, at, value, unattended('a test'))).then((secret) =>
    secret.reveal(),
  );
const failures = async (organization: OrganizationId) =>
  (
    await inTenant(organization, (tx) =>
      tx.many<{ leaf: string }>(
        sql`select leaf from audit_records where event = 'vault.open_failed' order by id`,
      ),
    )
  ).map((row) => JSON.parse(row.leaf).data.reason as string);

beforeAll(async () => {
  database = await testDatabase();
  audit = createAudit({ db: database.db, connection: database.systemConfig, events });
  vault = await createVault({ db: database.db, root, audit });
});
afterAll(async () => {
  await audit?.close();
  await database?.close();
});
beforeEach(async () => {
  place = {
    organization: newId<OrganizationId>(),
    table: 'sources',
    row: 'r1',
    field: 'password',
    version: 2,
  };
  sealed = await inTenant(place.organization, (tx) => vault.seal(tx, place, new Secret('pässword-canary')));
});

describe('a sealed value', () => {
  test('V1 opens in its place and holds nothing readable', async () => {
    expect(await open(place, sealed)).toBe('pässword-canary');
    expect(sealed).not.toContain(Buffer.from('canary').toString('base64url').slice(1, 6));
    expect(await failures(place.organization)).toEqual([]);
  });
  test('V1 is another text each time', async () => {
    const again = await inTenant(place.organization, (tx) =>
      vault.seal(tx, place, new Secret('pässword-canary')),
    );
    expect(again).not.toBe(sealed);
  });
  test('V1 an empty secret and a long one survive', async () => {
    for (const text of ['', 'x'.repeat(100_000), '\0\u{1F511}']) {
      const value = await inTenant(place.organization, (tx) => vault.seal(tx, place, new Secret(text)));
      expect(await open(place, value)).toBe(text);
    }
  });

  const moves: Record<string, Partial<SealedPlace>> = {
    'another row': { row: 'r2' },
    'another field': { field: 'token' },
    'another table': { table: 'constants' },
    'a later version (a rolled-back value)': { version: 3 },
    'an earlier version': { version: 1 },
  };
  test.each(Object.entries(moves))(
    'V2 does not open in %s, and that is on the record',
    async (_name, moved) => {
      await expect(open({ ...place, ...moved }, sealed)).rejects.toMatchObject({
        code: 'sealed_value_damaged',
      });
      expect(await failures(place.organization)).toEqual(['not_of_this_place']);
    },
  );
  test('V2 what the tag covers is all of this, as long as there are sealed values', () => {
    const organization = '0190a1b2-0000-7000-8000-000000000001' as OrganizationId;
    expect(additionalData('key', { ...place, organization })).toBe(
      '["v1","key","0190a1b2-0000-7000-8000-000000000001","sources","r1","password",2]',
    );
  });
  test('V2 places cannot be confused by where one name ends and the next begins', async () => {
    const one = { ...place, table: 'a","b', row: 'c' };
    const value = await inTenant(place.organization, (tx) => vault.seal(tx, one, new Secret('s')));
    await expect(open({ ...place, table: 'a', row: 'b","c' }, value)).rejects.toMatchObject({
      code: 'sealed_value_damaged',
    });
  });
  test('V2 does not open in another organization', async () => {
    const other = newId<OrganizationId>();
    await expect(open({ ...place, organization: other }, sealed)).rejects.toMatchObject({
      code: 'sealed_value_damaged',
    });
    expect(await failures(other)).toEqual(['unknown_key']);
  });
  test('V3 cut or altered anywhere, it does not open', async () => {
    const [head, key, box] = sealed.split('.') as [string, string, string];
    const bytes = Buffer.from(box, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const altered = Buffer.from(bytes);
      altered[i]! ^= 1;
      await expect(open(place, `${head}.${key}.${altered.toString('base64url')}`)).rejects.toThrow();
    }
    for (let length = 0; length < sealed.length; length += 7) {
      await expect(open(place, sealed.slice(0, length))).rejects.toThrow();
    }
    for (const odd of [
      '',
      ` ${sealed}`,
      `${sealed}=`,
      `${sealed} `,
      sealed.replace('v1', 'v2'),
      sealed.toUpperCase(),
    ]) {
      await expect(open(place, odd)).rejects.toMatchObject({ code: 'sealed_value_damaged' });
    }
  });
  test('V3 the same bytes in other letters are not what was written', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const value = await inTenant(place.organization, (tx) => vault.seal(tx, place, new Secret('1234')));
    const other = value.slice(0, -1) + letters[letters.indexOf(value.at(-1)!) ^ 1];
    const bytes = (text: string) => Buffer.from(text.split('.')[2]!, 'base64url');
    expect(bytes(other)).toEqual(bytes(value));
    await expect(open(place, other)).rejects.toMatchObject({ code: 'sealed_value_damaged' });
  });
  test('V3 a short tag is not taken', async () => {
    const bytes = Buffer.from(sealed.split('.')[2]!, 'base64url');
    const short = bytes.subarray(0, bytes.length - 12).toString('base64url');
    await expect(open(place, `${sealed.split('.').slice(0, 2).join('.')}.${short}`)).rejects.toThrow();
  });
  test('V4 the failure is recorded although the caller’s transaction rolls back', async () => {
    await expect(
      inTenant(place.organization, async (tx) => {
        await vault.open(tx, { ...place, row: 'r9' }, sealed, unattended('a test'));
      }),
    ).rejects.toThrow();
    expect(await failures(place.organization)).toEqual(['not_of_this_place']);
  });
  test('V5 two first sealings at one time share one data key', async () => {
    const at = { ...place, organization: newId<OrganizationId>() };
    const values = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        inTenant(at.organization, (tx) => vault.seal(tx, { ...at, row: `r${i}` }, new Secret('s'))),
      ),
    );
    expect(new Set(values.map((value) => value.split('.')[1])).size).toBe(1);
  });
  test('V6 an organization cannot be sealed for from another’s transaction', async () => {
    const at = { ...place, organization: newId<OrganizationId>() };
    await expect(inTenant(place.organization, (tx) => vault.seal(tx, at, new Secret('s')))).rejects.toThrow();
  });
  test('V7 a vault with another root key does not start on this database', async () => {
    const other = localRootKey(new Secret(Buffer.from(root.deriveKey('other').reveal())));
    await expect(createVault({ db: database.db, root: other, audit })).rejects.toThrow(/another root key/);
  });
});
