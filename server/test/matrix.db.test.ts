/**
 * Every operation of the contract, as everybody: what must come back is derived from the contract's permission and from
 * the action tables, so that a new route is in here from its first day.
 */
import { type RoleName, type Route, routes } from '@sallyport/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeTables } from '../src/compose-tables.ts';
import * as access from '../src/contexts/access/index.ts';
import * as apps from '../src/contexts/apps/index.ts';
import * as audit from '../src/contexts/audit/index.ts';
import * as catalog from '../src/contexts/catalog/index.ts';
import * as gateway from '../src/contexts/gateway/index.ts';
import * as identity from '../src/contexts/identity/index.ts';
import * as sources from '../src/contexts/sources/index.ts';
import * as vault from '../src/contexts/vault/index.ts';
import * as demo from '../src/demo/index.ts';
import { newId } from '../src/kernel/ids.ts';
import { type TestApp, type TestClient, testApp } from './app.ts';
import { type Seen, send } from './matrix/request.ts';
import { sample } from './matrix/sample.ts';

const { actions } = composeTables([audit, vault, identity, access, sources, catalog, gateway, apps, demo]);
const ROLES: readonly RoleName[] = ['owner', 'admin', 'builder', 'member'];
const all = routes.map((route) => [route.operationId, route] as const);
const changing = all.filter(([, route]) => route.method !== 'GET');
const closed = all.filter(([, route]) => route.permission !== 'public');

let app: TestApp;
const people = new Map<RoleName, TestClient>();
const tokens = new Map<RoleName, string>();

beforeAll(async () => {
  app = await testApp();
  for (const role of ROLES) {
    const person = await app.person(role);
    people.set(role, person);
    const response = await person.raw('/v1/account/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ label: 'matrix' }),
    });
    tokens.set(role, ((await response.json()) as { token: string }).token);
  }
});
afterAll(() => app?.stop());

/** An input with one unknown member: whoever may do the thing at all is told so, and nothing happens. */
const probe = (route: Route) => ({
  params: sample(route, 'params', newId),
  query: { unknownMember: '1' },
  body: { unknownMember: 1 },
});
const expected = (route: Route, role: RoleName | 'nobody'): Pick<Seen, 'status' | 'code'> => {
  if (route.permission === 'public') return { status: 400, code: 'input_invalid' };
  if (role === 'nobody') return { status: 401, code: 'sign_in_required' };
  const permitted = route.permission === 'signed-in' || actions[route.permission]?.roles.includes(role);
  return permitted ? { status: 400, code: 'input_invalid' } : { status: 403, code: 'permission_denied' };
};

describe('every operation has a permission that a context defines', () => {
  it.each(all)('%s', (_name, route) => {
    expect(['public', 'signed-in', ...Object.keys(actions)]).toContain(route.permission);
  });
});

describe('as nobody', () => {
  it.each(all)('%s', async (_name, route) => {
    expect(await send(app.nobody(), route, probe(route))).toMatchObject(expected(route, 'nobody'));
  });
});

describe.each(ROLES)('as %s, by session', (role) => {
  it.each(all)('%s', async (_name, route) => {
    expect(await send(people.get(role)!, route, probe(route))).toMatchObject(expected(route, role));
  });
});

describe.each(ROLES)('as %s, by token', (role) => {
  it.each(all)('%s', async (_name, route) => {
    const headers = { authorization: `Bearer ${tokens.get(role)}` };
    const seen = await send(app.nobody(), route, { ...probe(route), headers });
    expect(seen).toMatchObject(expected(route, role));
  });
});

describe('as the owner of another organization', () => {
  let foreigner: TestClient;
  beforeAll(async () => {
    foreigner = await app.person('owner', await app.otherOrganization());
  });
  it.each(closed)('%s', async (_name, route) => {
    const onInstallation = actions[route.permission]?.on === 'installation';
    const answer = onInstallation ? { status: 403, code: 'permission_denied' } : expected(route, 'owner');
    expect(await send(foreigner, route, probe(route))).toMatchObject(answer);
  });
});

describe('with credentials that are none', () => {
  it.each(closed)('%s', async (_name, route) => {
    const owner = people.get('owner')!;
    const session = owner.cookie!.split('=')[1]!;
    const credentials: Record<string, string>[] = [
      { cookie: '__Host-sallyport=' },
      { cookie: `__Host-sallyport=${'x'.repeat(43)}` },
      { cookie: `sallyport=${session}` },
      { cookie: `__Host-sallyport=${session}; __Host-sallyport=${session}` },
      { cookie: `__Host-sallyport=${tokens.get('owner')}` },
      { cookie: '', authorization: `Bearer ${session}` },
      { cookie: '', authorization: `Basic ${Buffer.from(`a:${session}`).toString('base64')}` },
      { cookie: '', authorization: 'Bearer null' },
      { cookie: '', 'x-person-id': owner.me!.person.id, 'x-organization-id': owner.me!.organization.id },
    ];
    for (const headers of credentials) {
      const seen = await send(owner, route, { ...probe(route), headers });
      expect(seen, JSON.stringify(headers)).toMatchObject({ status: 401, code: 'sign_in_required' });
    }
  });
});

describe('from another site', () => {
  it.each(changing)('%s', async (_name, route) => {
    const owner = people.get('owner')!;
    const given = probe(route);
    for (const origin of ['https://evil.example', 'null', `${app.url}.evil.example`]) {
      const seen = await send(owner, route, { ...given, headers: { origin } });
      expect(seen).toMatchObject({ status: 403, code: 'origin_refused' });
    }
    if (route.permission === 'public') return;
    for (const token of ['', 'x', people.get('admin')!.me!.csrfToken]) {
      const seen = await send(owner, route, { ...given, headers: { 'x-csrf-token': token } });
      expect(seen).toMatchObject({ status: 403, code: 'csrf_refused' });
    }
  });
});

describe('with a body that is none', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const bodies: ReadonlyArray<readonly [string, string, number]> = [
    ['broken JSON', '{"a":', 400],
    ['a list', '[]', 400],
    ['a word', '"x"', 400],
    ['a number', '1e999', 400],
    ['a prototype', '{"__proto__":{"isAdmin":true}}', 400],
    ['a constructor', '{"constructor":{"prototype":{"isAdmin":true}}}', 400],
    ['100,000 levels', deep, 400],
    ['100,000 levels of objects', '{"a":'.repeat(100_000), 400],
    ['zero bytes', '\u0000\u0000', 400],
  ];
  it.each(changing)('%s', async (_name, route) => {
    const owner = people.get('owner')!;
    const params = sample(route, 'params', newId);
    for (const [what, body, status] of bodies)
      expect((await send(owner, route, { params, body })).status, what).toBe(status);
    const long = JSON.stringify({ unknownMember: 'x'.repeat((route.bodyLimit ?? 1024 * 1024) + 1) });
    expect(await send(owner, route, { params, body: long })).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const seen = await send(owner, route, { params, body: '{}', headers: { 'content-type': type } });
      expect(seen, type).toMatchObject({ status: 415, code: 'media_type_unsupported' });
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

describe('an address that is none', () => {
  it.each([
    '/v1/people/%ff',
    '/v1/people/%',
    `/v1/people/${'x'.repeat(2_000)}`,
    '/v1/people/%2e%2e%2fhealth/%00',
    '/v1//people',
  ])('%s is a problem like any other', async (path) => {
    const response = await people.get('owner')!.raw(path, { method: 'PATCH' });
    const text = await response.text();
    expect(response.status, text).toBeGreaterThanOrEqual(400);
    expect(response.status, text).toBeLessThan(500);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(text).not.toContain('xxx');
    if (response.headers.get('content-type')?.includes('problem+json'))
      expect(JSON.parse(text)).toMatchObject({ requestId: response.headers.get('x-request-id') });
    else expect(text).toContain('not found');
  });
});
