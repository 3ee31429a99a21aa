import { createHash } from 'node:crypto';
import { contract } from '@sallyport/contract';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openCheckpoint, parseVerifierKey } from '../../../../cli/src/verify/checkpoint.ts';
import { hashLeaf } from '../../../../cli/src/verify/merkle.ts';
import { verifyExport } from '../../../../cli/src/verify/verify-export.ts';
import { type AuditedDatabase, auditedDatabase } from '../../../test/audited-database.ts';
import { personCall } from '../../../test/person-call.ts';
import type { Call } from '../../kernel/call.ts';
import { newId, type OrganizationId, type PersonId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { type Sql, sql } from '../../platform/db/sql.ts';
import { listRecords } from './list-records.ts';
import { countPending, type Filter, findRecords } from './reading.store.ts';
import { createSearchTurns } from './search-turns.ts';

let database: AuditedDatabase;
let organization: OrganizationId;
let call: Call;
const person = newId<PersonId>();
const list = (query: object = {}) => database.audit.list(call, { limit: 50, ...query });

beforeAll(async () => {
  database = await auditedDatabase({});
  organization = newId<OrganizationId>();
  call = personCall(organization, { personId: person });
  const append = (i: number, entry: object = {}) =>
    database.audit.append(organization, i % 2 === 0 ? call : personCall(organization), {
      event: 'thing.done',
      data: { rows: i, email: `person-${i}@x.example`, text: '100% _done_ \\ "quoted" \0 <b>' },
      target: { kind: 'app', id: `app-${i % 3}`, name: `App ${i % 3}` },
      policies: ['p1'],
      ...entry,
    });
  for (let i = 0; i < 25; i++) await append(i);
  await append(25, { outcome: 'refused', target: { kind: 'person', id: person, name: 'Someone' } });
  await settled();
});
afterAll(async () => {
  expect(database.faults).toEqual([]);
  await database.close();
});

async function settled(of: Call = call): Promise<void> {
  await vi.waitFor(
    async () => {
      const { pending, treeSize } = await database.audit.checkpoint(of);
      expect(pending).toBe(0);
      expect(treeSize).toBeGreaterThan(0);
    },
    { timeout: 30_000, interval: 50 },
  );
}

describe('the list', () => {
  test('A8 is newest first, shows personal fields, and every record has its place within seconds', async () => {
    const { items, next } = await list();
    expect(items.map((item) => item.index)).toEqual(Array.from({ length: 26 }, (_, i) => 25 - i));
    expect(next).toBeNull();
    expect(contract.audit.listAuditRecords.response?.safeParse({ items, next }).success).toBe(true);
    expect(items[0]?.target).toEqual({ kind: 'person', id: person, name: 'Someone' });
    expect(items[25]).toMatchObject({
      event: 'thing.done',
      actor: { kind: 'person', id: person, name: 'Someone', email: 'someone@x.example', via: 'session' },
      address: '203.0.113.9',
      device: 'Firefox 140 on Linux',
      target: { kind: 'app', id: 'app-0', name: 'App 0' },
      data: { rows: 0, email: 'person-0@x.example', text: '100% _done_ \\ "quoted" \0 <b>' },
      policies: ['p1'],
    });
  });
  test('A8 pages without gap or repetition', async () => {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 7, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map((item) => item.index ?? -1));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: 26 }, (_, i) => 25 - i));
  });
  test('A8 filters', async () => {
    const all = (await list()).items;
    const count = async (query: object) => (await list(query)).items.length;
    expect(await count({ event: 'thing.done' })).toBe(26);
    expect(await count({ event: 'thing' })).toBe(0);
    expect(await count({ actorId: person })).toBe(13);
    expect(await count({ outcome: 'refused' })).toBe(1);
    expect(await count({ targetId: 'app-1' })).toBe(8);
    expect(await count({ targetId: 'app-1\0' })).toBe(8);
    expect(await count({ search: 'PERSON-7@x' })).toBe(1);
    expect(await count({ search: '203.0.113.9' })).toBe(26);
    expect(await count({ search: '%' })).toBe(26);
    expect(await count({ search: '0_0' })).toBe(0);
    expect(await count({ search: "'; drop table audit_records; --" })).toBe(0);
    expect(await count({ from: all[0]!.at })).toBeGreaterThanOrEqual(1);
    expect(await count({ from: '2099-01-01T00:00:00Z' })).toBe(0);
    expect(await count({ to: all[25]!.at })).toBeGreaterThanOrEqual(1);
    expect(await count({ to: '1900-01-01T00:00:00Z' })).toBe(0);
    expect(await count({ from: all[25]!.at, to: all[0]!.at })).toBe(26);
  });
  test.each(['x', "'", '0', `${'0'.repeat(8)}-0000-0000-0000-00000000000g`])(
    'A8 a forged cursor is refused: %s',
    async (cursor) => {
      await expect(list({ cursor })).rejects.toMatchObject({ code: 'audit_cursor_invalid' });
    },
  );
});

test('A8 a search goes through the log slice by slice: each page says how far, and together they find all', async () => {
  for (const [term, found] of [
    ['person-2', [25, 24, 23, 22, 21, 20, 2]],
    ['App 0', [24, 21, 18, 15, 12, 9, 6, 3, 0]],
    ['nothing like this', []],
  ] as const) {
    const seen: (number | null)[] = [];
    let pages = 0;
    let cursor: string | undefined;
    do {
      const page = await listRecords(
        { db: database.db, inTurn: createSearchTurns(), slice: 4, searchMs: 0 },
        organization,
        {
          limit: 3,
          search: term,
          ...(cursor === undefined ? {} : { cursor }),
        },
      );
      pages++;
      seen.push(...page.items.map((item) => item.index));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(found);
    expect(pages).toBeGreaterThan(6);
  }
  // While there is time it goes on by itself.
  const whole = await listRecords({ db: database.db, inTurn: createSearchTurns(), slice: 4 }, organization, {
    limit: 5,
    search: 'person-2@',
  });
  expect(whole).toMatchObject({ items: [{ index: 2 }], next: null });
});

test('A8 a search that takes too long is refused with advice, and holds nothing', async () => {
  const of = newId<OrganizationId>();
  await database.db.system('test', (tx) =>
    tx.run(sql`insert into audit_records (id, organization_id, event, outcome, leaf)
      select gen_random_uuid(), ${of}, 'thing.done', 'allowed', repeat('x', 2000) from generate_series(1, 20000)`),
  );
  const search = (longestMs: number) =>
    listRecords({ db: database.db, inTurn: createSearchTurns(), longestMs }, of, {
      limit: 5,
      search: 'nothing like this',
    });
  await expect(search(1)).rejects.toMatchObject({ code: 'audit_search_too_wide' });
  expect(await search(60_000)).toEqual({ items: [], next: null });
}, 60_000);

test.each([
  ['Index Only Scan Backward using audit_records_by_target', { targetId: 'app-1' }],
  ['Index Only Scan Backward using audit_records_by_target', { targetId: 'app-1', actorId: person }],
  [
    'Index Only Scan Backward using audit_records_by_target',
    { targetId: 'app-1', event: 'thing.done', outcome: 'allowed' },
  ],
  [
    'Index Only Scan Backward using audit_records_by_refusal',
    { outcome: 'refused', event: 'thing.done', actorId: person, targetId: person },
  ],
  ['Index Only Scan Backward using audit_records_by_event', { event: 'thing.done', outcome: 'allowed' }],
  ['audit_records_by_refusal', { outcome: 'refused' }],
  ['audit_records_by_refusal', { outcome: 'failed' }],
  ['audit_records_by_event', { event: 'thing.done' }],
  ['audit_records_by_actor', { actorId: person }],
] as const)('A8 what is rare is found by %s, not by reading the whole log', async (index, filter) => {
  const none = { before: undefined, event: undefined, actorId: undefined, outcome: undefined };
  const rest = { targetId: undefined, from: undefined, to: undefined, search: undefined };
  const plan = await database.db.tenant(organization, async (tx) => {
    // So few records would be sorted, or read in the order of the list.
    await tx.many(
      sql`select set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)`,
    );
    const explain = { many: (query: Sql) => tx.many(sql`explain ${query}`) } as Tx;
    return JSON.stringify(await findRecords(explain, { ...none, ...rest, ...filter } satisfies Filter, 51));
  });
  expect(plan).toContain(index);
});

test('A7 what waits for its place is counted without reading what has it', async () => {
  const of = newId<OrganizationId>();
  await database.db.system('test', (tx) =>
    tx.run(sql`insert into audit_records (id, organization_id, event, outcome, leaf)
      select gen_random_uuid(), ${of}, 'thing.done', 'allowed', 'x' from generate_series(1, 20000)`),
  );
  await settled(personCall(of));
  const owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  await owner.query('analyze audit_records, audit_leaves').finally(() => owner.end());
  const plans: unknown[] = [];
  await database.db.tenant(of, (tx) => {
    const one = async (query: Sql) => {
      plans.push(await tx.many(sql`explain ${query}`));
      return tx.one(query);
    };
    return countPending({ one } as Tx);
  });
  expect(JSON.stringify(plans)).toContain('audit_records_by_txid');
  expect(JSON.stringify(plans)).not.toContain('Seq Scan on audit_leaves');
}, 60_000);

describe('one record', () => {
  test('A6 comes with a proof that folds to the signed root', async () => {
    const { publicKey } = await database.audit.checkpoint(call);
    for (const item of (await list()).items) {
      const { record, proof } = await database.audit.read(call, item.id);
      expect(record).toEqual(item);
      if (proof === null) throw new Error('no proof');
      expect(contract.audit.getAuditRecord.response?.safeParse({ record, proof }).success).toBe(true);
      const signed = openCheckpoint(proof.checkpoint, parseVerifierKey(publicKey));
      expect(signed).toMatchObject({ size: proof.treeSize, root: Buffer.from(proof.rootHash, 'hex') });
      expect(hashLeaf(proof.leaf).toString('hex')).toBe(proof.leafHash);
      expect(fold(proof)).toBe(proof.rootHash);
      expect(fold({ ...proof, leafHash: hashLeaf(`${proof.leaf} `).toString('hex') })).not.toBe(
        proof.rootHash,
      );
    }
  });
  test('D8 of another organization is as unknown as one that is not there', async () => {
    const [mine] = (await list()).items;
    const stranger = personCall(newId<OrganizationId>());
    await expect(database.audit.read(stranger, mine!.id)).rejects.toMatchObject({
      code: 'audit_record_not_found',
    });
    await expect(database.audit.read(call, newId())).rejects.toMatchObject({
      code: 'audit_record_not_found',
    });
    expect((await database.audit.list(stranger, { limit: 50 })).items).toEqual([]);
    expect(await database.audit.checkpoint(stranger)).toMatchObject({
      treeSize: 0,
      checkpoint: null,
      pending: 0,
    });
  });
});

describe('the export', () => {
  test('U4 verifies, and that it was made is on the record', async () => {
    const { publicKey, treeSize } = await database.audit.checkpoint(call);
    const result = await verifyExport(database.audit.exportLog(call), { key: parseVerifierKey(publicKey) });
    expect(result).toMatchObject({ finding: undefined, records: treeSize });
    expect((await list({ event: 'audit.exported' })).items[0]?.data).toEqual({ size: treeSize });
  });
  test('U4 of a log without a checkpoint is refused, and nothing is recorded', async () => {
    const stranger = personCall(newId<OrganizationId>());
    await expect(database.audit.exportLog(stranger).next()).rejects.toMatchObject({
      code: 'audit_not_signed_yet',
    });
    expect((await database.audit.list(stranger, { limit: 5 })).items).toEqual([]);
  });
});

test('L3 a person’s fields are erased, every proof holds, and the record says so', async () => {
  const of = newId<OrganizationId>();
  const own = personCall(of, { email: 'canary@x.example', name: 'Canary Person' });
  const admin = personCall(of);
  await database.audit.append(of, own, { event: 'thing.done', data: { email: 'canary@x.example' } });
  await database.audit.append(of, admin, {
    event: 'thing.done',
    target: { kind: 'person', id: own.actor.personId, name: 'Canary Person' },
  });
  await settled(own);
  const records = await database.db.system('test', (tx) =>
    database.audit.erasePerson(tx, admin, own.actor.personId),
  );
  expect(records).toBe(2);
  await settled(own);
  const stored = await database.db.tenant(of, (tx) => tx.many(sql`select * from audit_records`));
  expect(JSON.stringify(stored)).not.toMatch(/canary/i);
  const { publicKey } = await database.audit.checkpoint(own);
  const result = await verifyExport(database.audit.exportLog(own), { key: parseVerifierKey(publicKey) });
  expect(result).toMatchObject({ finding: undefined, erased: 2 });
  const { items } = await database.audit.list(own, { limit: 10, event: 'audit.erased' });
  expect(items[0]).toMatchObject({
    data: { records: 2 },
    target: { kind: 'person', id: own.actor.personId },
  });
});

test('L3 who erases themselves leaves no trace but an id, in the record of it either', async () => {
  const of = newId<OrganizationId>();
  const own = personCall(of, { email: 'canary@x.example', name: 'Canary Person' });
  await database.audit.append(of, own, { event: 'thing.done' });
  await database.db.system('test', (tx) => database.audit.erasePerson(tx, own, own.actor.personId));
  const stored = await database.db.tenant(of, (tx) =>
    tx.many<{ opening: string | null }>(sql`select * from audit_records`),
  );
  expect(stored.map(({ opening }) => opening)).toEqual([null, null]);
  expect(JSON.stringify(stored)).not.toMatch(/canary/i);
});

/** RFC 9162, 2.1.3.2, in hex. */
function fold(proof: { index: number; treeSize: number; leafHash: string; path: string[] }): string {
  let [fn, sn, node] = [proof.index, proof.treeSize - 1, Buffer.from(proof.leafHash, 'hex') as Buffer];
  const join = (left: Buffer, right: Buffer) =>
    createHash('sha256')
      .update(Buffer.concat([Buffer.of(1), left, right]))
      .digest();
  for (const step of proof.path.map((hex) => Buffer.from(hex, 'hex'))) {
    if (fn % 2 === 1 || fn === sn) {
      node = join(step, node);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else node = join(node, step);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return node.toString('hex');
}
