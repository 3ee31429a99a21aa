import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '@sallyport/contract';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseVerifierKey } from '../../../../cli/src/verify/checkpoint.ts';
import { verifyExport } from '../../../../cli/src/verify/verify-export.ts';
import { type TestApp, testApp } from '../../../test/app.ts';

const RECORDS = 20_000;
let app: TestApp;
let token: string;
let publicKey: string;

const asOwner = async (text: string) => {
  const client = new pg.Client({ connectionString: app.ownerUrl });
  await client.connect();
  return client.query(text).finally(() => client.end());
};

beforeAll(async () => {
  app = await testApp();
  ({ token } = await app.owner.ok(contract.identity.createToken, { body: { label: 'export', days: 1 } }));
  const organization = app.owner.me?.organization.id;
  // Leaves that are well formed, with openings empty as after an erasure.
  await asOwner(`insert into audit_records (id, organization_id, event, outcome, leaf)
    select gen_random_uuid(), '${organization}', 'test', 'allowed', format('{"at":"2026-11-22T09:00:00.000Z","commitments":{},"event":"test","filler":"%s","format":"sallyport.audit/1","n":%s,"organization":"${organization}"}', repeat('x', 500), n)
    from generate_series(1, ${RECORDS}) n`);
  ({ publicKey } = await vi.waitFor(
    async () => {
      const read = await app.owner.ok(contract.audit.getCheckpoint);
      expect(read.treeSize).toBeGreaterThan(RECORDS);
      expect(read.pending).toBe(0);
      return read;
    },
    { timeout: 40_000, interval: 200 },
  ));
}, 90_000);
afterAll(() => app?.stop());

const exported = (
  read: (response: import('node:http').IncomingMessage) => Promise<void>,
  bearer: string = token,
) =>
  new Promise<void>((resolve, reject) => {
    const url = new URL('/v1/audit/export', app.url);
    request(url, { headers: { authorization: `Bearer ${bearer}` } }, (response) => {
      read(response).then(resolve, reject);
    })
      .on('error', reject)
      .end();
  });

test('U4 a large export streams to a slow reader, whole', async () => {
  await exported(async (response) => {
    expect(response.headers['content-type']).toBe('application/x-ndjson');
    expect(response.headers['cache-control']).toContain('no-store');
    async function* slowly() {
      let pieces = 0;
      for await (const piece of response) {
        if (pieces++ % 20 === 0) await sleep(5);
        yield piece as Buffer;
      }
    }
    const result = await verifyExport(slowly(), { key: parseVerifierKey(publicKey) });
    expect(result).toMatchObject({ finding: undefined, erased: RECORDS });
  });
}, 60_000);

test('A3 a reader that leaves in the middle costs nothing: no fault, and the server goes on', async () => {
  for (let i = 0; i < 12; i++) {
    await exported(async (response) => {
      for await (const _ of response) break;
      response.destroy();
    });
  }
  await app.owner.ok(contract.audit.listAuditRecords, { query: { event: 'audit.exported' } });
  expect(app.log()).not.toMatch(/"level":"error"|MaxListeners/);
}, 60_000);

test('U4 nobody, and nobody without the permission, exports', async () => {
  expect((await app.nobody().call(contract.audit.exportAudit)).status).toBe(401);
  for (const role of ['builder', 'member'] as const) {
    const client = await app.person(role);
    for (const route of [
      contract.audit.exportAudit,
      contract.audit.listAuditRecords,
      contract.audit.getCheckpoint,
    ]) {
      expect((await client.call(route)).problem?.code).toBe('permission_denied');
    }
  }
  const { items } = await app.owner.ok(contract.audit.listAuditRecords, { query: { outcome: 'refused' } });
  expect(items.length).toBeGreaterThanOrEqual(6);
}, 60_000);

test.each([{ role: 'member' }, { disabled: true }] as const)(
  'A10 an export under way is cut when its reader becomes %j',
  async (change) => {
    const reader = await app.person('admin');
    const created = await reader.ok(contract.identity.createToken, { body: { label: 'export', days: 1 } });
    let text = '';
    await exported(async (response) => {
      // What was sent before may stand in the buffers of the line.
      await new Promise((resolve) => response.once('readable', resolve));
      text = String(response.read());
      await app.owner.ok(contract.identity.changePerson, {
        params: { id: reader.me?.person.id ?? '' },
        body: change,
      });
      const read = async () => {
        for await (const piece of response) text += piece;
      };
      await expect(read()).rejects.toThrow('aborted');
    }, created.token);
    expect(text).toContain('"format":"sallyport.audit-export/1"');
    expect(text).not.toContain('"end":true');
  },
);
