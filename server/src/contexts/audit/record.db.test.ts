import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { personCall } from '../../../test/person-call.ts';
import type { Call } from '../../kernel/call.ts';
import { INSTALLATION, newId, type OrganizationId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Audit, createAudit } from './index.ts';

const events = {
  'thing.done': { summary: 'A thing was done', fields: { rows: 'public', email: 'personal' } },
} as const;

let database: TestDatabase;
let audit: Audit;
let organization: OrganizationId;

beforeAll(async () => {
  database = await testDatabase();
  organization = await database.newOrganization();
  audit = createAudit({ db: database.db, connection: database.systemConfig, events });
});
afterAll(async () => {
  await audit?.close();
  await database?.close();
});

const leaves = (of: OrganizationId) =>
  database.db.tenant(of, (tx) =>
    tx.many<{ leaf: string; opening: string }>(sql`select leaf, opening from audit_records order by id`),
  );

describe('record', () => {
  test('A1 commits with the change', async () => {
    const call = personCall(organization);
    await database.db.tenant(organization, (tx) =>
      audit.record(tx, call, { event: 'thing.done', data: { rows: 3 } }),
    );
    expect([...call.recorded]).toEqual([['thing.done', 'with a change']]);
    expect(await leaves(organization)).toHaveLength(1);
  });
  test('A1 is rolled back with the change', async () => {
    const before = await leaves(organization);
    await expect(
      database.db.tenant(organization, async (tx) => {
        await audit.record(tx, personCall(organization), { event: 'thing.done' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await leaves(organization)).toEqual(before);
  });
  test('A4 personal and undeclared fields are not in the leaf', async () => {
    const of = newId<OrganizationId>();
    await audit.append(of, personCall(of), {
      event: 'thing.done',
      data: { rows: 3, email: 'canary-1@x.example', forgotten: 'canary-2' },
      target: { kind: 'person', id: 'p1', name: 'canary-3' },
    });
    const [row] = await leaves(of);
    expect(row!.leaf).not.toMatch(/canary|someone|203\.0\.113/);
    expect(row!.leaf).toContain('"data":{"rows":3}');
    expect(row!.opening).toMatch(/canary-1.*canary-2|canary-2.*canary-1/);
  });
  test('an event that nobody declares is a fault', async () => {
    await expect(audit.append(organization, personCall(organization), { event: 'toString' })).rejects.toThrow(
      'No context',
    );
  });
  test('a nobody without an organization is on the log of the installation', async () => {
    const call: Call<{ kind: 'anonymous' }> = { ...personCall(organization), actor: { kind: 'anonymous' } };
    await database.db.system('test', (tx) => audit.record(tx, call, { event: 'thing.done' }));
    expect(await leaves(INSTALLATION)).toHaveLength(1);
  });
});
