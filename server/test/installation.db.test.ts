/** The installation's own log and key, over HTTP: for who operates it, and for nobody else. */
import { contract, type Route } from '@sallyport/contract';
import { Secret as OtpSecret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseVerifierKey } from '../../cli/src/verify/checkpoint.ts';
import { verifyExport } from '../../cli/src/verify/verify-export.ts';
import { INSTALLATION, newId } from '../src/kernel/ids.ts';
import { PASSWORD, type TestApp, type TestClient, testApp } from './app.ts';
import { asAdmin } from './postgres-server.ts';

const { audit, vault, identity, access } = contract;
const FAMILY: readonly Route[] = [
  audit.listInstallationRecords,
  audit.getInstallationRecord,
  audit.getInstallationCheckpoint,
  audit.exportInstallationLog,
  vault.getInstallationVault,
  vault.rotateInstallationVault,
];
let app: TestApp;
let elsewhere: TestClient;

beforeAll(async () => {
  app = await testApp();
  const maker = await app.otherOrganization();
  elsewhere = await app.person('owner', maker);
  await app.signIn('nobody-here@harbor.example', PASSWORD).catch(() => undefined);
}, 60_000);
afterAll(() => app?.stop());

const settled = () =>
  vi.waitFor(
    async () => {
      const read = await app.owner.ok(audit.getInstallationCheckpoint);
      expect(read.treeSize).toBeGreaterThan(0);
      expect(read.pending).toBe(0);
      return read;
    },
    { timeout: 10_000, interval: 50 },
  );
const records = async () =>
  (await app.owner.ok(audit.listInstallationRecords, { query: { limit: 200 } })).items;
async function enrol(client: TestClient): Promise<string> {
  const { secret } = await client.ok(identity.beginSecondFactor, { body: { password: PASSWORD } });
  const code = TOTP.generate({ secret: OtpSecret.fromBase32(secret) });
  await client.ok(identity.confirmSecondFactor, { body: { code } });
  return secret;
}

describe('the installation’s own log', () => {
  it('A9 an operator lists it, reads a record with its proof, and the export verifies offline', async () => {
    const { publicKey, origin } = await settled();
    expect(origin).toMatch(new RegExp(`/${INSTALLATION}$`));
    const all = await records();
    expect(all.map((one) => one.event)).toEqual(
      expect.arrayContaining(['identity.owner_created', 'identity.sign_in_refused']),
    );
    const [refused] = all.filter((one) => one.event === 'identity.sign_in_refused');
    expect(refused).toMatchObject({
      outcome: 'refused',
      data: { reason: 'unknown', email: 'nobody-here@harbor.example' },
    });
    const { proof } = await app.owner.ok(audit.getInstallationRecord, { params: { id: refused!.id } });
    expect(proof?.checkpoint.split('\n')[0]).toBe(origin);
    // In the organization's own log the same id is unknown.
    const there = await app.owner.call(audit.getAuditRecord, { params: { id: refused!.id } });
    expect(there.problem?.code).toBe('audit_record_not_found');
    const response = await app.owner.raw('/v1/installation/audit/export');
    expect(response.headers.get('content-disposition')).toContain('audit-installation.ndjson');
    const text = await response.text();
    async function* whole() {
      yield text;
    }
    const result = await verifyExport(whole(), { key: parseVerifierKey(publicKey) });
    expect(result).toMatchObject({ finding: undefined });
    expect(result.records).toBeGreaterThan(1);
    // That it was exported is in it, and not in the organization's.
    expect((await records())[0]).toMatchObject({
      event: 'audit.exported',
      actor: { id: app.owner.me!.person.id },
      policies: ['installation.operator'],
    });
    const own = await app.owner.ok(audit.listAuditRecords, { query: { event: 'audit.exported' } });
    expect(own.items).toEqual([]);
  });

  it('A9 it is another log: the organization’s key does not verify it', async () => {
    const own = await app.owner.ok(audit.getCheckpoint);
    const text = await (await app.owner.raw('/v1/installation/audit/export')).text();
    async function* whole() {
      yield text;
    }
    const result = await verifyExport(whole(), { key: parseVerifierKey(own.publicKey) });
    expect(result.finding).toBeDefined();
  });

  it('A9 another organization’s owner gets the same answer for what is there as for what is not', async () => {
    const [known] = await records();
    for (const route of FAMILY) {
      const answers = [];
      for (const id of [known!.id, newId()])
        answers.push(await elsewhere.call(route, { params: { id } } as never));
      for (const { status, problem } of answers) {
        expect(status).toBe(403);
        expect(problem).toMatchObject({ code: 'permission_denied' });
      }
      expect(answers[0]!.problem!.title).toBe(answers[1]!.problem!.title);
    }
    // The refusal, with its reason, is in the log of who was refused.
    const { items } = await elsewhere.ok(audit.listAuditRecords, { query: { event: 'access.refused' } });
    expect(items[0]).toMatchObject({ policies: ['organization.boundary'] });
    expect(elsewhere.me!.permissions.filter((one) => one.startsWith('installation'))).toEqual([]);
  });

  it.each(['admin', 'builder', 'member'] as const)('A9 no %s of the operating organization', async (role) => {
    const person = await app.person(role);
    for (const route of FAMILY)
      expect((await person.call(route, { params: { id: newId() } } as never)).status).toBe(403);
  });

  it('A9 it follows the organization that the owner acts in, and ends with the role', async () => {
    const maker = await app.otherOrganization('A third');
    expect((await maker.call(audit.listInstallationRecords)).status).toBe(403);
    const me = await maker.ok(identity.switchOrganization, {
      body: { organizationId: app.owner.me!.organization.id },
    });
    expect(me.permissions).toContain('installation-audit:read');
    // The old token of this client is for the old session: sign in anew.
    const back = await app.signIn(maker.me!.person.email, PASSWORD);
    expect((await back.call(audit.listInstallationRecords)).status).toBe(200);
    await app.owner.ok(identity.changePerson, {
      params: { id: back.me!.person.id },
      body: { role: 'admin' },
    });
    await vi.waitFor(async () => {
      expect((await back.call(audit.listInstallationRecords)).status).toBe(403);
    });
  });

  it('A9 nothing that a person of any organization does is in it, but what an operator does to the installation', async () => {
    const owner = await app.person('owner', elsewhere);
    const member = await app.person('member', elsewhere);
    await enrol(member);
    await app.signIn(owner.me!.person.email, 'not the password').catch(() => undefined);
    await owner.ok(vault.rotateVault);
    await owner.call(audit.listInstallationRecords);
    const { link } = await owner.ok(identity.issuePasswordReset, { params: { id: member.me!.person.id } });
    const token = new URL(link).searchParams.get('token') ?? '';
    await app.nobody().ok(identity.resetPassword, { body: { token, password: 'nine grey lanterns wander' } });
    const ids = [owner, member, elsewhere].map((client) => client.me!.person);
    const text = JSON.stringify(await records());
    for (const { id, email } of ids) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(email);
    }
    expect(text).not.toContain(elsewhere.me!.organization.id);
    expect(text).not.toContain('Other Company');
    const mine = await elsewhere.ok(audit.listAuditRecords, { query: { event: 'identity.password_reset' } });
    expect(mine.items).toHaveLength(1);
    const theirs = await app.owner.ok(audit.listAuditRecords, {
      query: { event: 'identity.password_reset' },
    });
    expect(theirs.items).toEqual([]);
  });

  it('A9 a damaged secret of a person is told there without the person', async () => {
    const member = await app.person('member', elsewhere);
    await enrol(member);
    await asAdmin(app.ownerUrl, (client) =>
      client.query(`update credentials set sealed_version = 2 where kind = 'totp' and person_id = $1`, [
        member.me!.person.id,
      ]),
    );
    const answer = await member.call(identity.removeSecondFactor, {
      body: { password: PASSWORD, code: '123456' },
    });
    expect(answer.problem?.code).toBe('sealed_value_damaged');
    const [told] = await records();
    expect(told).toMatchObject({
      event: 'vault.open_failed',
      actor: { id: null, email: null },
      address: null,
    });
    await asAdmin(app.ownerUrl, (client) =>
      client.query(`update credentials set sealed_version = 1 where person_id = $1 and kind = 'totp'`, [
        member.me!.person.id,
      ]),
    );
  });

  it('A8 the policy page explains it for a person', async () => {
    const explain = (client: TestClient, personId: string) =>
      client.ok(access.explainAccess, { body: { personId, action: 'installation-audit:read' } });
    expect(await explain(app.owner, app.owner.me!.person.id)).toMatchObject({
      allowed: true,
      policies: ['installation.operator'],
    });
    expect(await explain(elsewhere, elsewhere.me!.person.id)).toMatchObject({
      allowed: false,
      policies: ['organization.boundary'],
    });
  });
});

describe('the installation’s own key', () => {
  it('D9 an operator rotates it: second factors are sealed anew and still open', async () => {
    const person = await app.person('member', elsewhere);
    const secret = await enrol(person);
    const before = await app.owner.ok(vault.getInstallationVault);
    expect(before.sealedValues).toBeGreaterThan(0);
    const sealed = () =>
      asAdmin(app.ownerUrl, async (client) => {
        const { rows } = await client.query<{ sealed: string }>(
          `select sealed from credentials where kind = 'totp' order by id`,
        );
        return rows.map((row) => row.sealed);
      });
    const old = await sealed();
    await app.owner.ok(vault.rotateInstallationVault);
    const after = await vi.waitFor(
      async () => {
        const read = await app.owner.ok(vault.getInstallationVault);
        expect(read.rotation?.finishedAt).toBeTruthy();
        return read;
      },
      { timeout: 10_000 },
    );
    expect(after.dataKeyId).not.toBe(before.dataKeyId);
    const fresh = await sealed();
    expect(fresh).toHaveLength(old.length);
    for (const [i, value] of fresh.entries()) {
      expect(value).not.toBe(old[i]);
      expect(value).toContain(after.dataKeyId);
    }
    // The next time step, since each counts once.
    const code = TOTP.generate({ secret: OtpSecret.fromBase32(secret), timestamp: Date.now() + 30_000 });
    const opened = await app.nobody().call(identity.signIn, {
      body: { email: person.me!.person.email, password: PASSWORD, secondFactor: code },
    });
    expect(opened.status).toBe(201);
  });

  it('D9 an organization’s own rotation leaves it alone', async () => {
    const before = await app.owner.ok(vault.getInstallationVault);
    await elsewhere.call(vault.rotateVault);
    await app.owner.call(vault.rotateVault);
    expect((await app.owner.ok(vault.getInstallationVault)).dataKeyId).toBe(before.dataKeyId);
  });
});
