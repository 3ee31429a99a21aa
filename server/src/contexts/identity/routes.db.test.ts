import { contract } from '@sallyport/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PASSWORD, type TestApp, type TestClient, testApp } from '../../../test/app.ts';

const c = contract.identity;
let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app?.stop());

const statusOf = async (client: TestClient) => (await client.call(c.getMe)).status;

describe('over HTTP', () => {
  it('I4 the token is in the cookie and nowhere else; the cookie is bound to this host and unseen by scripts', async () => {
    const answer = await app
      .nobody()
      .call(c.signIn, { body: { email: 'owner@harbor.example', password: PASSWORD } });
    expect(answer.status).toBe(201);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^__Host-sallyport=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
    );
    expect(answer.text).not.toContain(cookie.slice(17, 60));
    expect(answer.body.csrfToken).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(app.log()).not.toContain(cookie.slice(17, 60));
    expect(app.log()).not.toContain(PASSWORD);
  });

  it('signing out clears the cookie and ends the session', async () => {
    const person = await app.person('member');
    const cookie = person.cookie!;
    const answer = await person.call(c.signOut);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-sallyport=; .*Max-Age=0$/);
    expect((await app.nobody().raw('/v1/session', { headers: { cookie } })).status).toBe(401);
  });

  it('I3 says in the header, too, how long to wait', async () => {
    const guess = () =>
      app.nobody().call(c.signIn, { body: { email: 'guessed@harbor.example', password: 'wrong' } });
    for (let i = 0; i < 6; i++) expect((await guess()).status).toBe(401);
    const answer = await guess();
    expect(answer.status).toBe(429);
    expect(answer.problem).toMatchObject({
      code: 'sign_in_throttled',
      extra: { retryAfter: expect.any(Number) },
    });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('Me tells what policy permits, and a new role tells it at once', async () => {
    const person = await app.person('member');
    expect(person.me!.permissions).toContain('app:open');
    expect(person.me!.permissions).not.toContain('person:change');
    expect((await person.call(c.listPeople)).problem?.code).toBe('permission_denied');
    await app.owner.ok(c.changePerson, { params: { id: person.me!.person.id }, body: { role: 'admin' } });
    await vi.waitUntil(async () => (await person.ok(c.getMe)).permissions.includes('person:change'), 5_000);
    expect((await person.call(c.listPeople)).status).toBe(200);
  });

  it('I7 a person who is turned off is out within a second, by session and by token', async () => {
    const person = await app.person('builder');
    const { token } = await person.ok(c.createToken, { body: { label: 'ci' } });
    const byToken = async () =>
      (await app.nobody().raw('/v1/session', { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await statusOf(person), await byToken()]).toEqual([200, 200]);
    await app.owner.ok(c.changePerson, { params: { id: person.me!.person.id }, body: { disabled: true } });
    await vi.waitUntil(async () => (await statusOf(person)) === 401 && (await byToken()) === 401, 1_000);
  });

  it('a refusal is on the record with the policies and the operation', async () => {
    const person = await app.person('member');
    await person.call(contract.access.listPolicies);
    const { items } = await app.owner.ok(contract.audit.listAuditRecords, {
      query: { event: 'access.refused', actorId: person.me!.person.id },
    });
    expect(items[0]).toMatchObject({
      outcome: 'refused',
      data: { operation: 'listPolicies', permission: 'policy:read', code: 'permission_denied' },
    });
  });

  it('explains why a person may, and why not', async () => {
    const person = await app.person('member');
    const ask = (action: string) =>
      app.owner.ok(contract.access.explainAccess, { body: { personId: person.me!.person.id, action } });
    expect(await ask('app:open')).toMatchObject({ allowed: true, policies: ['role.member'] });
    expect(await ask('app:edit')).toMatchObject({ allowed: false, policies: [] });
    expect(await ask('app:fly')).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('no action'),
    });
    const { id } = await app.owner.ok(contract.apps.createApp, { body: { name: 'For sales' } });
    await app.owner.ok(contract.apps.changeApp, {
      params: { id },
      body: { audience: { everyone: false, groups: ['sales'] } },
    });
    const open = () =>
      app.owner.ok(contract.access.explainAccess, {
        body: { personId: person.me!.person.id, action: 'app:open', appId: id },
      });
    expect(await open()).toMatchObject({ allowed: false, policies: ['app.audience'] });
    await app.owner.ok(c.changePerson, { params: { id: person.me!.person.id }, body: { groups: ['sales'] } });
    expect(await open()).toMatchObject({ allowed: true, policies: ['role.member'] });
    await app.owner.ok(c.changePerson, { params: { id: person.me!.person.id }, body: { disabled: true } });
    expect(await ask('app:open')).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('turned off'),
    });
  });

  it('an invitation retried with its key answers the same link', async () => {
    const send = () =>
      app.owner.ok(c.invite, {
        body: { email: 'once@harbor.example', role: 'member' },
        headers: { 'idempotency-key': 'the-same-key-1' },
      });
    expect((await send()).link).toBe((await send()).link);
  });
});
