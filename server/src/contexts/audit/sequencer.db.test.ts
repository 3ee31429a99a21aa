import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseVerifierKey } from '../../../../cli/src/verify/checkpoint.ts';
import { verifyExport } from '../../../../cli/src/verify/verify-export.ts';
import { type AuditedDatabase, auditedDatabase, openSealer } from '../../../test/audited-database.ts';
import { testDatabase } from '../../../test/database.ts';
import { personCall } from '../../../test/person-call.ts';
import { asAdmin } from '../../../test/postgres-server.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db/sql.ts';
import { sequence } from './sequence.ts';
import { type LogIdentity, openLogIdentity } from './signing-key.ts';

let database: AuditedDatabase;
let identity: LogIdentity;
let organization: OrganizationId;
let now = Date.UTC(2026, 10, 22, 9);

const pass = (limit?: number) => database.db.system('test', (tx) => sequence(tx, identity, now, limit));
const append = (of = organization, text = 'x') =>
  database.audit.append(of, personCall(of), { event: 'thing.done', data: { text } });
const asOwner = async (text: string) => {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  return client.query(text).finally(() => client.end());
};
const indexes = (of = organization) =>
  database.db.tenant(of, async (tx) =>
    (await tx.many<{ index: number }>(sql`select index from audit_leaves order by index`)).map(
      (row) => row.index,
    ),
  );
/** Ends the second that must lie between two checkpoints, sequences and signs what is left. */
const settle = async () => {
  now += 2_000;
  await pass();
};
const verify = async (of = organization, previous?: string) => {
  const call = personCall(of);
  const { publicKey } = await database.audit.checkpoint(call);
  return verifyExport(database.audit.exportLog(call), {
    key: parseVerifierKey(publicKey),
    ...(previous === undefined ? {} : { previous }),
  });
};

beforeAll(async () => {
  database = await auditedDatabase({ started: false, clock: { now: () => now } });
  identity = await openLogIdentity(database.db, openSealer);
});
afterAll(() => database?.close());
beforeEach(() => {
  organization = newId<OrganizationId>();
});

describe('the sequencer', () => {
  test('A5 gives consecutive places, signs, and the export verifies offline', async () => {
    for (let i = 0; i < 30; i++) await append();
    await settle();
    expect(await indexes()).toEqual(Array.from({ length: 30 }, (_, i) => i));
    const verified = await verify();
    expect(verified).toMatchObject({ finding: undefined, records: 30 });
    await settle();
    expect(await verify()).toMatchObject({ finding: undefined, records: 31 });
  });
  test('A5 each organization has its own log, also within one pass', async () => {
    const others = [newId<OrganizationId>(), newId<OrganizationId>()];
    await Promise.all([organization, ...others].flatMap((of) => [1, 2, 3].map(() => append(of))));
    await settle();
    for (const of of [organization, ...others]) {
      expect(await indexes(of)).toEqual([0, 1, 2]);
      expect((await verify(of)).finding).toBeUndefined();
    }
  });
  test('A5 a record that commits late is not skipped, however much came after it', async () => {
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let inserted = () => {};
    const waiting = new Promise<void>((resolve) => {
      inserted = resolve;
    });
    const late = database.db.tenant(organization, async (tx) => {
      await database.audit.record(tx, personCall(organization), {
        event: 'thing.done',
        data: { text: 'late' },
      });
      inserted();
      await held;
    });
    await waiting;
    for (let i = 0; i < 20; i++) {
      await append();
      if (i % 5 === 0) await pass();
    }
    await settle();
    expect(await indexes()).toHaveLength(20);
    finish();
    await late;
    await settle();
    expect(await indexes()).toEqual(Array.from({ length: 21 }, (_, i) => i));
    expect((await verify()).finding).toBeUndefined();
  });
  test('A5 nor by a pass that was cut short above it', async () => {
    const inserted = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const late = database.db.tenant(organization, async (tx) => {
      await database.audit.record(tx, personCall(organization), { event: 'thing.done' });
      inserted.resolve();
      await held.promise;
    });
    await inserted.promise;
    for (let i = 0; i < 5; i++) await append();
    expect((await pass(3)).more).toBe(true);
    held.resolve();
    await late;
    await settle();
    expect(await indexes()).toEqual([0, 1, 2, 3, 4, 5]);
  });
  test('A5 a rolled-back record leaves no gap', async () => {
    await append();
    await database.db
      .tenant(organization, async (tx) => {
        await database.audit.record(tx, personCall(organization), { event: 'thing.done' });
        throw new Error('no');
      })
      .catch(() => undefined);
    await append();
    await settle();
    expect(await indexes()).toEqual([0, 1]);
  });
  test('A5 more than one pass takes is taken in several, with nothing twice', async () => {
    await Promise.all(Array.from({ length: 40 }, () => append()));
    for (let i = 0; i < 40; i++) await append();
    let more = true;
    while (more) ({ more } = await pass(7));
    await settle();
    expect(await indexes()).toHaveLength(80);
    expect((await verify()).finding).toBeUndefined();
  });
  test('A5 two sequencers at one time do not both work, and nothing breaks', async () => {
    await Promise.all(Array.from({ length: 50 }, () => append()));
    const passes = await Promise.all(Array.from({ length: 6 }, () => pass(5)));
    expect(passes.some((done) => done.elected)).toBe(true);
    let more = true;
    while (more) ({ more } = await pass());
    await settle();
    expect(await indexes()).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect((await verify()).finding).toBeUndefined();
  });
  test('A5 a pass that fails anywhere has done nothing, and the next does it all', async () => {
    for (let i = 0; i < 5; i++) await append();
    for (const table of ['audit_leaves', 'audit_trees', 'audit_checkpoints']) {
      await asOwner(`create function fail() returns trigger language plpgsql as $$ begin raise 'disk full'; end $$;
        create trigger fail before insert or update on ${table} for each row execute function fail()`);
      now += 2_000;
      await expect(pass()).rejects.toThrow('disk full');
      await asOwner(`drop trigger fail on ${table}; drop function fail()`);
      expect(await indexes()).toEqual([]);
    }
    await settle();
    expect(await indexes()).toEqual([0, 1, 2, 3, 4]);
    expect((await verify()).finding).toBeUndefined();
  });
  test('A5 a database restored into a server that counts transactions anew loses no record', async () => {
    await append();
    await settle();
    await append();
    await asOwner(`update audit_log set horizon = '900000000000';
      update audit_records set txid = '899999999999' where organization_id = '${organization}'`);
    await append();
    let more = true;
    while (more) ({ more } = await pass(1));
    await append();
    await settle();
    expect(await indexes()).toEqual([0, 1, 2, 3]);
    expect((await verify()).finding).toBeUndefined();
  });
  test('A5 a database whose rows were left out of its dump is refused, and a new log is not', async () => {
    const other = await testDatabase();
    try {
      const open = () => openLogIdentity(other.db, openSealer);
      await open();
      await open();
      const asOwner = (text: string) => asAdmin(other.ownerUrl, (client) => client.query(text));
      // A hand that shows auditors a key of its own.
      await asOwner('update audit_log set public_key = sha256(public_key)');
      await expect(open()).rejects.toThrow(/public key is not that of its signing key/);
      await asOwner('update audit_log set begun = true');
      await expect(open()).rejects.toThrow(/made with --enable-row-security/);
    } finally {
      await other.close();
    }
    await append();
    await settle();
    const begun = await database.db.system('test', (tx) => tx.one(sql`select begun from audit_log`));
    expect(begun).toEqual({ begun: true });
  });
  test('A5 of two nodes that begin a log at once, one’s key stays', async () => {
    const other = await testDatabase();
    try {
      const [one, two] = await Promise.all([1, 2].map(() => openLogIdentity(other.db, openSealer)));
      expect(one?.publicKey).toEqual(two?.publicKey);
    } finally {
      await other.close();
    }
  });
  test('A7 what has its place and is not signed yet is pending, and has no proof', async () => {
    await append();
    await settle();
    await append();
    await pass();
    const call = personCall(organization);
    expect(await database.audit.checkpoint(call)).toMatchObject({ treeSize: 1, pending: 1 });
    const { items } = await database.audit.list(call, { limit: 1 });
    expect(await database.audit.read(call, items[0]!.id)).toMatchObject({
      record: { index: 1 },
      proof: null,
    });
    await settle();
    expect((await database.audit.read(call, items[0]!.id)).proof?.treeSize).toBe(2);
  });
  const count = () =>
    database.db.tenant(
      organization,
      async (tx) =>
        (await tx.many(sql`select from audit_checkpoints where organization_id = ${organization}`)).length,
    );
  test('A7 signs at most once a second under load, and hourly when idle', async () => {
    await append();
    await settle();
    for (let i = 0; i < 5; i++) {
      await append();
      now += 100;
      await pass();
    }
    expect(await count()).toBe(1);
    await settle();
    expect(await count()).toBe(2);
    now += 3_500_000;
    await pass();
    expect(await count()).toBe(2);
    now += 200_000;
    await pass();
    expect(await count()).toBe(3);
  });
  test('A7 goes on signing when the clock is set back, and the newest checkpoint is the largest', async () => {
    const DAY = 86_400_000;
    now += DAY;
    await append();
    await settle();
    now -= DAY;
    await append();
    await settle();
    expect(await database.audit.checkpoint(personCall(organization))).toMatchObject({
      treeSize: 2,
      pending: 0,
      signedAt: new Date(now).toISOString(),
    });
    expect(await verify()).toMatchObject({ finding: undefined, records: 2 });
    // Signed once with the right time, and not in every pass.
    now += 100;
    await append();
    expect((await pass()).unsigned).toBe(true);
  });
  test('A7 two nodes whose clocks are hours apart do not sign against each other', async () => {
    await append();
    await settle();
    for (const apart of [7_200_000, -7_200_000, 7_200_000, -7_200_000]) {
      now += apart;
      await settle();
    }
    expect(await count()).toBe(2);
  });
});

describe('a database that goes back to an earlier state', () => {
  const TABLES = [
    'audit_log',
    'audit_records',
    'audit_leaves',
    'audit_trees',
    'audit_subtrees',
    'audit_checkpoints',
  ];
  let time = Date.now();
  let folder: string;
  let under: AuditedDatabase;
  const [one, other] = [newId<OrganizationId>(), newId<OrganizationId>()];
  const inTables = (text: (table: string) => string) =>
    asAdmin(under.ownerUrl, (client) => client.query(TABLES.map(text).join(';')));
  const write = (of: OrganizationId, audit = under.audit) =>
    audit.append(of, personCall(of), { event: 'thing.done' });
  const signed = async (of: OrganizationId, treeSize: number, audit = under.audit) => {
    await expect
      .poll(
        async () => {
          time += 2_000;
          return (await audit.checkpoint(personCall(of))).treeSize;
        },
        { timeout: 10_000 },
      )
      .toBe(treeSize);
    return audit.checkpoint(personCall(of));
  };
  const told = async (of: OrganizationId) =>
    (await under.audit.list(personCall(of), { limit: 10, event: 'audit.rolled_back' })).items;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signed-'));
    under = await auditedDatabase({ clock: { now: () => time }, signedFile: join(folder, 'signed.json') });
    await write(one);
    await write(other);
    await Promise.all([one, other].map((of) => signed(of, 1)));
    // As a standby that has not heard of what comes next, or a backup.
    await inTables((table) => `create table ${table}_then as table ${table}`);
    await write(one);
    await write(one);
  });
  const goBack = () =>
    inTables((table) => `delete from ${table}; insert into ${table} select * from ${table}_then`);
  afterEach(async () => {
    await under.close();
    await rm(folder, { recursive: true });
  });

  test('A11 is on the record of each log that lost something, once, and told to the operator', async () => {
    const { signedAt } = await signed(one, 3);
    expect(under.rollbacks).toEqual([]);
    await goBack();
    await signed(one, 2);
    expect(await told(one)).toMatchObject([{ outcome: 'failed', data: { size: 3, signedAt } }]);
    expect(await told(other)).toEqual([]);
    expect(under.rollbacks).toMatchObject([{ organization: one, size: 3 }]);
    await write(one);
    await signed(one, 3);
    expect(await told(one)).toHaveLength(1);
    expect(under.faults).toEqual([]);
  });
  test('A11 also where no node ran meanwhile: at the next start of one that signed', async () => {
    const { signedAt } = await signed(one, 3);
    await under.audit.close();
    await goBack();
    // One that never signed knows of nothing.
    const newcomer = await under.next(join(folder, 'newcomer.json'));
    await write(other, newcomer);
    await signed(other, 2, newcomer);
    await newcomer.close();
    expect(await told(one)).toEqual([]);

    const restarted = await under.next();
    await signed(one, 2, restarted);
    expect(await told(one)).toMatchObject([{ outcome: 'failed', data: { size: 3, signedAt } }]);
    expect(await told(other)).toEqual([]);
    expect(under.rollbacks).toMatchObject([{ organization: one, size: 3 }]);
    await restarted.close();
    const again = await under.next();
    await write(one, again);
    await signed(one, 3, again);
    await again.close();
    expect(await told(one)).toHaveLength(1);
    expect(under.faults).toEqual([]);
  });
  test('A11 of a checkpoint that is gone and said nothing new: of a log that stood still, nothing is lost', async () => {
    const { signedAt } = await signed(one, 3);
    await inTables((table) => `drop table ${table}_then; create table ${table}_then as table ${table}`);
    time += 7_200_000;
    await expect
      .poll(async () => (await under.audit.checkpoint(personCall(one))).signedAt, { timeout: 10_000 })
      .not.toBe(signedAt);
    await write(other);
    await signed(other, 2);
    await under.audit.close();
    await goBack();
    const restarted = await under.next();
    await signed(other, 2, restarted);
    await restarted.close();
    expect(await told(one)).toEqual([]);
    expect(await told(other)).toMatchObject([{ data: { size: 2 } }]);
  });
  test.each([
    [
      'of another log',
      (text: string) => text.replace(/"installation":"[^"]*"/, '"installation":"another"'),
      0,
    ],
    ['damaged', (text: string) => text.slice(0, 20), 1],
  ])('A11 what is kept %s compares nothing and stops nothing', async (_name, alter, faults) => {
    await signed(one, 3);
    await under.audit.close();
    await goBack();
    const file = join(folder, 'signed.json');
    await writeFile(file, alter(await readFile(file, 'utf8')));
    const restarted = await under.next();
    await write(one, restarted);
    await signed(one, 2, restarted);
    await restarted.close();
    expect(await told(one)).toEqual([]);
    expect(under.faults).toHaveLength(faults);
  });
});

describe('a hand in the database is found by the verifier', () => {
  const index = 12;
  const where = () =>
    `organization_id = '${organization}' and id = (select record_id from audit_leaves where organization_id = '${organization}' and index = ${index})`;
  const leaf = () => `organization_id = '${organization}' and index = ${index}`;
  beforeEach(async () => {
    for (let i = 0; i < 20; i++) {
      await append(organization, `text ${i}`);
      if (i % 5 === 4) await settle();
    }
    expect((await verify()).finding).toBeUndefined();
    await settle();
  });
  const near = (finding: { from: number; to: number } | undefined) => {
    expect(finding?.from).toBeLessThanOrEqual(index);
    expect(finding?.to).toBeGreaterThanOrEqual(index);
    expect(finding!.to - finding!.from).toBeLessThanOrEqual(5);
  };

  test('U4 a record edited', async () => {
    await asOwner(`update audit_records set leaf = replace(leaf, 'text 12', 'text 13') where ${where()}`);
    expect((await verify()).finding).toMatchObject({ from: index, to: index });
  });
  test('U4 a record edited, and its leaf’s hash with it', async () => {
    await asOwner(`update audit_records set leaf = replace(leaf, 'text 12', 'text 13') where ${where()};
      update audit_leaves l set hash = sha256('\\x00'::bytea || convert_to(r.leaf, 'UTF8')) from audit_records r
        where r.id = l.record_id and l.${leaf()}`);
    near((await verify()).finding);
  });
  test('U4 a record deleted', async () => {
    await asOwner(`delete from audit_records where ${where()}`);
    expect((await verify()).finding).toMatchObject({ from: index, to: index });
  });
  test('U4 a record deleted, and the rest moved up', async () => {
    await asOwner(`delete from audit_records where ${where()}; delete from audit_leaves where ${leaf()};
      update audit_leaves set index = -index where organization_id = '${organization}' and index > ${index};
      update audit_leaves set index = -index - 1 where organization_id = '${organization}' and index < 0`);
    near((await verify()).finding);
  });
  test('U4 two records exchanged', async () => {
    await asOwner(`update audit_leaves set index = -1 where ${leaf()};
      update audit_leaves set index = ${index} where organization_id = '${organization}' and index = ${index + 1};
      update audit_leaves set index = ${index + 1} where organization_id = '${organization}' and index = -1`);
    near((await verify()).finding);
  });
  test('U4 the end cut off with its checkpoints: an earlier checkpoint tells', async () => {
    const { checkpoint } = await database.audit.checkpoint(personCall(organization));
    await asOwner(`delete from audit_checkpoints where organization_id = '${organization}' and size > 10`);
    expect((await verify()).finding).toBeUndefined();
    expect((await verify(organization, checkpoint!)).finding?.message).toMatch(/once had 21 records/);
  });
  test('U4 who the record shows as its actor changed', async () => {
    await asOwner(
      `update audit_records set opening = replace(opening, 'Someone', 'Another') where ${where()}`,
    );
    expect((await verify()).finding).toMatchObject({ from: index, to: index });
  });
});
