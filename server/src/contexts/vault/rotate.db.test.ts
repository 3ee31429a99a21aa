import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AuditedDatabase, auditedDatabase } from '../../../test/audited-database.ts';
import { personCall } from '../../../test/person-call.ts';
import {
  createSealedThings,
  readThings,
  sealedThings,
  thingPlace,
  writeThing,
} from '../../../test/sealed-things.ts';
import { unattended } from '../../kernel/call.ts';
import { type Clock, systemClock } from '../../kernel/clock.ts';
import { INSTALLATION, newId, type OrganizationId } from '../../kernel/ids.ts';
import { Secret } from '../../kernel/secret.ts';
import { sql } from '../../platform/db/sql.ts';
import { createVault, events, localRootKey, type Vault } from './index.ts';

const rootHex = '9f3c1e07a4d25b68e1f0938b7c6d2a415e8f7a0b1c2d3e4f5a6b7c8d9eafb0c1';
const root = localRootKey(new Secret(Buffer.from(rootHex, 'hex')));
let database: AuditedDatabase;
let vault: Vault;
let organization: OrganizationId;

const openVault = async (clock: Clock = systemClock) => {
  const one = await createVault({ db: database.db, root, audit: database.audit, clock });
  one.register(sealedThings);
  return one;
};
const write = (id: string) =>
  organization === INSTALLATION
    ? database.db.system('test', (tx) => writeThing(vault, tx, organization, id))
    : database.db.tenant(organization, (tx) => writeThing(vault, tx, organization, id));
const holders = [
  ['an organization', () => newId<OrganizationId>()],
  ['the installation', () => INSTALLATION],
] as const;
/** A rotation of whichever this test is about. */
const rotate = () => vault.rotate(personCall(newId<OrganizationId>()), organization);
const keys = async (of = organization) =>
  database.db.tenant(of, (tx) =>
    tx.many<{ id: string; state: string }>(sql`select id, state from vault_data_keys order by created_at`),
  );
const eventsOf = async (of = organization) =>
  (
    await database.db.tenant(of, (tx) =>
      tx.many<{ leaf: string }>(sql`select leaf from audit_records where event like 'vault.%' order by id`),
    )
  ).map((row) => JSON.parse(row.leaf) as { event: string; data: Record<string, unknown> });
const fill = async (n: number) => {
  for (let i = 0; i < n; i++) await write(`t${String(i).padStart(5, '0')}`);
};

beforeAll(async () => {
  database = await auditedDatabase({ events, started: false });
  await createSealedThings(database.ownerUrl);
});
afterAll(() => database?.close());
beforeEach(async () => {
  organization = newId<OrganizationId>();
  vault = await openVault();
});

describe('a rotation', () => {
  test('D3 re-seals everything under a new key, destroys the old one and is on the record', async () => {
    await fill(250);
    const before = await readThings(vault, database.db, organization);
    const { total } = await vault.rotate(personCall(organization));
    expect(total).toBe(250);
    await vault.idle();
    const after = await readThings(vault, database.db, organization);
    expect(after).toMatchObject({ count: 250, wrong: [] });
    expect(after.keys).not.toEqual(before.keys);
    expect(await keys()).toEqual([{ id: after.keys[0], state: 'active' }]);
    expect((await eventsOf()).map((one) => [one.event, one.data])).toEqual([
      ['vault.rotation_started', { keyId: after.keys[0], total: 250 }],
      ['vault.rotation_finished', { keyId: after.keys[0], resealed: 250, destroyed: before.keys }],
    ]);
    const shown = await vault.read(personCall(organization));
    expect(shown).toMatchObject({
      dataKeyId: after.keys[0],
      sealedValues: 250,
      rotation: { total: 250, done: 250 },
    });
    expect(shown.rotation?.finishedAt).not.toBeNull();
  });
  test('D3 a copy that was kept of a value from before opens no more', async () => {
    await fill(1);
    const kept = await database.db.tenant(organization, (tx) =>
      tx.one<{ sealed: string; version: number }>(sql`select sealed, version from sealed_things`),
    );
    await vault.rotate(personCall(organization));
    await vault.idle();
    const place = thingPlace(organization, 't00000', kept.version);
    const opened = database.db.tenant(organization, (tx) =>
      vault.open(tx, place, kept.sealed, unattended('a test')),
    );
    await expect(opened).rejects.toMatchObject({ code: 'sealed_value_damaged' });
    expect((await eventsOf()).at(-1)?.data.reason).toBe('unknown_key');
  });
  test('D3 a key that was destroyed is forgotten by every other node within a minute', async () => {
    let now = Date.now();
    const elsewhere = await openVault({ now: () => now });
    await fill(1);
    const kept = await database.db.tenant(organization, (tx) =>
      tx.one<{ sealed: string; version: number }>(sql`select sealed, version from sealed_things`),
    );
    const open = () =>
      database.db.tenant(organization, (tx) =>
        elsewhere.open(
          tx,
          thingPlace(organization, 't00000', kept.version),
          kept.sealed,
          unattended('a test'),
        ),
      );
    await open();
    await vault.rotate(personCall(organization));
    await vault.idle();
    // What is kept asks for the time once a millisecond.
    await sleep(5);
    now += 60_001;
    await expect(open()).rejects.toMatchObject({ code: 'sealed_value_damaged' });
  });
  test('D3 waits for a sealing that is under way, and re-seals what it wrote', async () => {
    await fill(1);
    const waits = async () => {
      const { rows } = await database.db.system('test', async (tx) => ({
        rows: await tx.many(sql`
          select from pg_locks where locktype = 'advisory' and not granted
            and database = (select oid from pg_database where datname = current_database())`),
      }));
      return rows.length > 0;
    };
    let switching: Promise<unknown> = Promise.resolve();
    let switched = false;
    await database.db.tenant(organization, async (tx) => {
      await writeThing(vault, tx, organization, 'late');
      switching = vault.rotate(personCall(organization)).then(() => {
        switched = true;
      });
      while (!switched && !(await waits())) await sleep(5);
      expect(switched).toBe(false);
    });
    await switching;
    await vault.idle();
    const after = await readThings(vault, database.db, organization);
    expect(after).toMatchObject({ count: 2, wrong: [] });
    expect(await keys()).toEqual([{ id: after.keys[0], state: 'active' }]);
  });
  test('D3 a row that is put back from before, where a rotation has already been, is re-sealed too', async () => {
    await fill(150);
    let before: { version: number; sealed: string } | undefined;
    const one = await createVault({ db: database.db, root, audit: database.audit });
    one.register({
      ...sealedThings,
      page: async (tx, of, after, limit) => {
        const row = before;
        // Once, when the first page is done.
        before = undefined;
        if (after !== null && row !== undefined)
          await tx.run(sql`update sealed_things set version = ${row.version}, sealed = ${row.sealed}
            where organization_id = ${of} and id = 't00000'`);
        else before = row;
        return sealedThings.page(tx, of, after, limit);
      },
    });
    before = await database.db.tenant(organization, (tx) =>
      tx.one(sql`select version, sealed from sealed_things where id = 't00000'`),
    );
    await one.rotate(personCall(organization));
    await one.idle();
    expect(before).toBeUndefined();
    const after = await readThings(await openVault(), database.db, organization);
    expect(after).toMatchObject({ count: 150, wrong: [] });
    expect(await keys()).toEqual([{ id: after.keys[0], state: 'active' }]);
  });
  test('D3 what people wrote anew before it came to that is done, too', async () => {
    await fill(3);
    // This node does not go on with it.
    vault.close();
    await vault.rotate(personCall(organization));
    await write('t00001');
    const other = await openVault();
    other.start(() => undefined);
    await waitUntilFinished();
    other.close();
    expect((await other.read(personCall(organization))).rotation).toMatchObject({ total: 3, done: 3 });
  });
  test('D3 of nothing ends at once', async () => {
    await vault.rotate(personCall(organization));
    await vault.idle();
    expect(await keys()).toHaveLength(1);
    await vault.rotate(personCall(organization));
    await vault.idle();
    expect(await keys()).toHaveLength(1);
  });
  test('D3 a second one while one runs is refused', async () => {
    await fill(120);
    await vault.rotate(personCall(organization));
    await expect(vault.rotate(personCall(organization))).rejects.toMatchObject({ code: 'rotation_running' });
    await vault.idle();
  });
  test.each(holders)(
    'D3 of %s while people write loses no write and leaves nothing under the old key',
    async (_, holder) => {
      organization = holder();
      await fill(300);
      let done = false;
      let writes = 0;
      const writers = [1, 2, 3].map(async (seed) => {
        for (let i = seed; !done; i += 7) {
          await write(`t${String(i % 330).padStart(5, '0')}`);
          writes += 1;
        }
      });
      await sleep(30);
      for (let i = 0; i < 3; i++) {
        await rotate();
        await vault.idle();
      }
      done = true;
      await Promise.all(writers);
      const after = await readThings(vault, database.db, organization);
      expect(writes).toBeGreaterThan(20);
      expect(after.wrong).toEqual([]);
      expect(await keys()).toEqual([{ id: after.keys[0], state: 'active' }]);
      expect(after.keys).toHaveLength(1);
    },
  );
  test('D3 two nodes at one rotation: one record of the end, nothing lost', async () => {
    await fill(400);
    const other = await openVault();
    await vault.rotate(personCall(organization));
    other.start(() => undefined);
    await waitUntilFinished();
    other.close();
    await Promise.all([vault.idle(), other.idle()]);
    expect((await readThings(vault, database.db, organization)).wrong).toEqual([]);
    expect((await eventsOf()).map((one) => one.event)).toEqual([
      'vault.rotation_started',
      'vault.rotation_finished',
    ]);
  });
  test('D3 a damaged value is named, left alone, and keeps its key', async () => {
    await fill(5);
    const [old] = (await readThings(vault, database.db, organization)).keys;
    await database.db.tenant(organization, (tx) =>
      tx.run(sql`update sealed_things set version = version + 1 where id = 't00002'`),
    );
    await vault.rotate(personCall(organization));
    await vault.idle();
    const after = await readThings(vault, database.db, organization);
    expect(after.wrong).toEqual(['t00002']);
    expect((await keys()).map((key) => [key.id === old, key.state])).toEqual([
      [true, 'retiring'],
      [false, 'active'],
    ]);
    expect((await vault.read(personCall(organization))).rotation).toMatchObject({
      total: 5,
      done: 4,
      unopened: 1,
      finishedAt: expect.any(String),
    });
    const failed = (await eventsOf()).filter((one) => one.event === 'vault.open_failed');
    expect(failed[0]?.data).toMatchObject({
      table: 'sealed_things',
      row: 't00002',
      reason: 'not_of_this_place',
    });
  });
  test('D3 a damaged value that was passed before a kill keeps its key when the rotation goes on', async () => {
    await fill(3);
    const [old] = (await readThings(vault, database.db, organization)).keys;
    await database.db.tenant(organization, (tx) =>
      tx.run(sql`update sealed_things set version = version + 1 where id = 't00000'`),
    );
    vault.close();
    await vault.rotate(personCall(organization));
    for (const id of ['t00001', 't00002']) await write(id);
    // As a node leaves it that was killed after its first page.
    await database.db.system('test', (tx) =>
      tx.run(sql`update vault_rotations set table_name = ${sealedThings.table}, position = 't00002'
        where organization_id = ${organization}`),
    );
    const other = await openVault();
    other.start(() => undefined);
    await waitUntilFinished();
    other.close();
    expect((await keys()).find(({ id }) => id === old)).toMatchObject({ state: 'retiring' });
    expect((await other.read(personCall(organization))).rotation).toMatchObject({ unopened: 1 });
  });
  test('D9 an organization’s rotation leaves the installation’s values alone; its own re-seals them and is in its own log', async () => {
    await database.db.system('test', async (tx) => {
      await writeThing(vault, tx, INSTALLATION, 'i1');
    });
    const before = await readThings(vault, database.db, INSTALLATION);
    const told = (await eventsOf(INSTALLATION)).length;
    await vault.rotate(personCall(organization));
    await vault.idle();
    expect((await readThings(vault, database.db, INSTALLATION)).keys).toEqual(before.keys);
    expect(await eventsOf(INSTALLATION)).toHaveLength(told);
    await vault.rotate(personCall(organization), INSTALLATION);
    await vault.idle();
    const after = await readThings(vault, database.db, INSTALLATION);
    expect(after.keys).not.toEqual(before.keys);
    expect((await eventsOf(INSTALLATION)).slice(told).map((one) => one.event)).toEqual([
      'vault.rotation_started',
      'vault.rotation_finished',
    ]);
    expect(await vault.read(personCall(organization), INSTALLATION)).toMatchObject({
      dataKeyId: after.keys[0],
    });
  });
  test('D9 that ends destroys no key that another organization is still retiring', async () => {
    await fill(3);
    const other = newId<OrganizationId>();
    await database.db.tenant(other, (tx) => writeThing(vault, tx, other, 'o1'));
    const [left] = (await readThings(vault, database.db, other)).keys;
    await database.db.system('test', (tx) =>
      tx.run(sql`update vault_data_keys set state = 'retiring' where organization_id = ${other}`),
    );
    await rotate();
    await vault.idle();
    expect(await keys()).toHaveLength(1);
    expect(await keys(other)).toEqual([{ id: left, state: 'retiring' }]);
  });
  test('D8 shows another organization nothing of it', async () => {
    await fill(3);
    await vault.rotate(personCall(organization));
    await vault.idle();
    const other = newId<OrganizationId>();
    expect(await vault.read(personCall(other))).toMatchObject({
      dataKeyId: '',
      sealedValues: 0,
      rotation: null,
    });
  });
});

test.each(holders)(
  'D3 killed with -9 again and again, a rotation of %s goes on at the next start and ends',
  async (_, holder) => {
    organization = holder();
    await database.db.system('test', (tx) =>
      tx.run(sql`delete from sealed_things where organization_id = ${organization}`),
    );
    await fill(1_500);
    await rotate();
    // This node stops at once; only children go on with it.
    vault.close();
    await vault.idle();
    let kills = 0;
    for (;;) {
      const before = await rotation();
      if (before.finishedAt !== null) break;
      const child = startChild();
      try {
        for (;;) {
          await sleep(5);
          const now = await rotation();
          if (now.finishedAt !== null) break;
          if (kills < 4 && now.done > before.done + 100) {
            child.kill('SIGKILL');
            kills += 1;
            break;
          }
        }
      } finally {
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      }
    }
    const fresh = await openVault();
    const after = await readThings(fresh, database.db, organization);
    expect(kills).toBeGreaterThanOrEqual(1);
    expect(after).toMatchObject({ count: 1_500, wrong: [] });
    expect(await keys()).toEqual([{ id: after.keys[0], state: 'active' }]);
    expect((await eventsOf()).slice(-2).map((one) => one.event)).toEqual([
      'vault.rotation_started',
      'vault.rotation_finished',
    ]);
  },
  60_000,
);

async function rotation() {
  return database.db.tenant(organization, (tx) =>
    tx.one<{ done: number; finishedAt: Date | null }>(
      sql`select done, finished_at as "finishedAt" from vault_rotations order by id desc limit 1`,
    ),
  );
}

async function waitUntilFinished(): Promise<void> {
  while ((await rotation()).finishedAt === null) await sleep(20);
}

function startChild(): ChildProcess {
  const script = fileURLToPath(new URL('../../../test/vault-child.ts', import.meta.url));
  const given = { app: database.appConfig, system: database.systemConfig, root: rootHex };
  return spawn(process.execPath, [script, JSON.stringify(given)], { stdio: ['ignore', 'ignore', 'inherit'] });
}
