import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AuditedDatabase, auditedDatabase, testEvents } from '../../../test/audited-database.ts';
import { type FaultyLine, faultyLine } from '../../../test/faulty-line.ts';
import { personCall } from '../../../test/person-call.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Audit, createAudit } from './index.ts';

let database: AuditedDatabase;
let organization: OrganizationId;

const asOwner = async (text: string) => {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  return client.query(text).finally(() => client.end());
};
const append = (text = 'x') =>
  database.audit.append(organization, personCall(organization), { event: 'thing.done', data: { text } });
const count = () =>
  database.db.tenant(
    organization,
    async (tx) => (await tx.one<{ n: number }>(sql`select count(*) as n from audit_records`)).n,
  );
const change = () =>
  database.db.tenant(organization, async (tx) => {
    await tx.run(sql`insert into changes values (${organization})`);
    await database.audit.record(tx, personCall(organization), { event: 'thing.done' });
  });

beforeAll(async () => {
  database = await auditedDatabase({ started: false });
  await asOwner(`create table changes (organization_id uuid); grant all on changes to public;
    create function full_disk() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
});
afterAll(() => database?.close());
beforeEach(() => {
  organization = newId<OrganizationId>();
});

describe('a log that cannot be written', () => {
  describe('because the disk is full', () => {
    beforeEach(() =>
      asOwner(
        'create trigger full_disk before insert on audit_records for each statement execute function full_disk()',
      ),
    );
    afterEach(() => asOwner('drop trigger if exists full_disk on audit_records'));

    test('A3 refuses the change, and nothing of it stays', async () => {
      await expect(change()).rejects.toMatchObject({ code: 'audit_unavailable', row: { status: 503 } });
      const { rows } = await asOwner(`select from changes where organization_id = '${organization}'`);
      expect(rows).toEqual([]);
    });
    test('A3 refuses every append that waits, says nothing was recorded, and recovers by itself', async () => {
      const call = personCall(organization);
      const results = await Promise.allSettled(
        Array.from({ length: 30 }, () => database.audit.append(organization, call, { event: 'thing.done' })),
      );
      for (const result of results) {
        expect(result).toMatchObject({ status: 'rejected', reason: { code: 'audit_unavailable' } });
      }
      expect(call.recorded.size).toBe(0);
      expect(await count()).toBe(0);
      await asOwner('drop trigger full_disk on audit_records');
      await append();
      expect(await count()).toBe(1);
    });
    test('A3b a node that could not write is not well until it has written again, and says so in the log', async () => {
      const event = () => asOwner(`select leaf from audit_records where event = 'audit.resumed'`);
      expect(await database.audit.canWrite()).toBe(true);
      const told = (await event()).rows.length;
      await append().catch(() => undefined);
      await vi.waitFor(async () => expect(await database.audit.canWrite()).toBe(false), { timeout: 5_000 });
      await asOwner('drop trigger full_disk on audit_records');
      await vi.waitFor(async () => expect(await database.audit.canWrite()).toBe(true), { timeout: 5_000 });
      const { rows } = await event();
      expect(rows).toHaveLength(told + 1);
      expect(JSON.parse(rows.at(-1)?.leaf).data.since).toMatch(/^20\d\d-/);
    });
    test('A3 says nothing of the database to whoever asked', async () => {
      const refusal = await append().catch((error: Error) => error);
      expect(JSON.stringify({ ...(refusal as object), cause: undefined })).not.toMatch(
        /space|device|audit_records/,
      );
    });
  });

  test('A3 whose connections are cut refuses what was under way and serves what comes after', async () => {
    await append();
    for (let i = 0; i < 5; i++) {
      const cut = asOwner(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and usename like '%system%'`);
      const results = await Promise.allSettled(Array.from({ length: 20 }, () => append()));
      await cut;
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'audit_unavailable' });
      }
      const kept = results.filter((result) => result.status === 'fulfilled').length;
      expect(await count()).toBeGreaterThanOrEqual(kept);
    }
    await append();
  });
});

test('A3 says whether it can be written, within a second or so', async () => {
  const read = await auditedDatabase({ started: false });
  try {
    expect(await read.audit.canWrite()).toBe(true);
    const client = new pg.Client({ connectionString: read.ownerUrl });
    await client.connect();
    await client.query(`revoke insert on audit_records from ${read.systemConfig.user}`);
    await vi.waitFor(async () => expect(await read.audit.canWrite()).toBe(false), { timeout: 5_000 });
    await client.query(`grant insert on audit_records to ${read.systemConfig.user}`);
    await vi.waitFor(async () => expect(await read.audit.canWrite()).toBe(true), { timeout: 5_000 });
    await client.end();
  } finally {
    await read.close();
  }
});

describe('row-level security on the log', () => {
  test('D8 an organization cannot write into another’s log, or read it', async () => {
    const other = newId<OrganizationId>();
    await expect(
      database.db.tenant(other, (tx) =>
        database.audit.record(tx, personCall(organization), { event: 'thing.done' }),
      ),
    ).rejects.toMatchObject({ code: 'audit_unavailable' });
    await append();
    for (const table of [
      'audit_records',
      'audit_leaves',
      'audit_subtrees',
      'audit_trees',
      'audit_checkpoints',
    ]) {
      const client = new pg.Client(database.appConfig);
      await client.connect();
      expect((await client.query(`select from ${table}`)).rowCount).toBe(0);
      await client.end();
    }
  });
  test.each([
    ['app', 'update audit_records set leaf = leaf'],
    ['app', 'update audit_records set opening = null'],
    ['app', 'delete from audit_records'],
    ['app', 'truncate audit_records'],
    ['app', 'update audit_leaves set index = 0'],
    ['app', 'delete from audit_checkpoints'],
    ['app', 'select sealed_private_key from audit_log'],
    ['system', 'update audit_records set leaf = leaf'],
    ['system', 'delete from audit_records'],
    ['system', 'delete from audit_leaves'],
    ['system', 'update audit_leaves set hash = hash'],
    ['system', 'update audit_checkpoints set note = note'],
    ['system', 'delete from audit_trees'],
    ['system', 'update audit_log set public_key = public_key'],
  ] as const)('U4 the %s role may not: %s', async (role, text) => {
    const client = new pg.Client(role === 'app' ? database.appConfig : database.systemConfig);
    await client.connect();
    await expect(client.query(text)).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });
});

test('A2 callers at one time share inserts, and each resolves when its own record is there', async () => {
  const calls = Array.from({ length: 400 }, (_, i) => append(`n${i}`));
  await calls[0];
  expect(await count()).toBeGreaterThanOrEqual(1);
  await Promise.all(calls);
  expect(await count()).toBe(400);
  const { rows } = await asOwner(
    `select count(distinct txid)::int as commits from audit_records where organization_id = '${organization}'`,
  );
  expect(rows[0].commits).toBeLessThan(20);
});

describe('a connection that is lost at the insert of a record', () => {
  let line: FaultyLine;
  let audit: Audit;
  beforeEach(async () => {
    const { host, port } = database.systemConfig as { host: string; port: number };
    line = await faultyLine({ host, port });
    audit = createAudit({
      db: database.db,
      connection: { ...database.systemConfig, host: '127.0.0.1', port: line.port } as pg.ClientConfig,
      events: testEvents,
    });
    await audit.append(organization, personCall(organization), { event: 'thing.done' });
  });
  afterEach(async () => {
    line.disarm();
    await audit.close();
    line.close();
  });

  test.each(['before', 'after'] as const)('A2 %s it took effect: the record is there, once', async (cut) => {
    line.arm(1, cut);
    await audit.append(organization, personCall(organization), { event: 'thing.done' });
    expect(line.disarm()).toBe(true);
    expect(await count()).toBe(2);
  });
  test('A2 and whose second try is refused: so is the caller, and nothing is there', async () => {
    line.arm(1, 'before');
    await asOwner(`revoke insert on audit_records from ${database.systemConfig.user}`);
    const appended = audit.append(organization, personCall(organization), { event: 'thing.done' });
    await expect(appended).rejects.toMatchObject({ code: 'audit_unavailable' });
    await asOwner(`grant insert on audit_records to ${database.systemConfig.user}`);
    expect(line.disarm()).toBe(true);
    expect(await count()).toBe(1);
  });
});
