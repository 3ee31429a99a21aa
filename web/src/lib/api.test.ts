import { contract, type Me } from '@sallyport/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { call, onSignedOut, onTokenRefused, rememberSession } from './api.ts';
import { explainError } from './explain-error.ts';

const me = (person: string, csrfToken: string, organization = 'o') =>
  ({ person: { id: person }, organization: { id: organization }, csrfToken }) as unknown as Me;
const sent: (string | null)[] = [];
const rename = () => call(contract.identity.changeOrganization, { body: { name: 'New' } });

beforeEach(() => {
  sent.length = 0;
  // The session of the cookie has another token by now.
  vi.stubGlobal('fetch', async (_address: string, { headers }: { headers: Headers }) => {
    const token = headers.get('x-csrf-token');
    sent.push(token);
    if (token === 'now') return new Response(null, { status: 204 });
    const problem = { code: 'csrf_refused', title: 'No.', status: 403 };
    return new Response(JSON.stringify(problem), { status: 403 });
  });
  rememberSession(me('ada', 'before'));
});
afterEach(() => {
  vi.unstubAllGlobals();
  rememberSession(undefined);
});

it('what was refused for an old token is sent with the new one of the same person', async () => {
  onTokenRefused(async () => rememberSession(me('ada', 'now')));
  await rename();
  expect(sent).toEqual(['before', 'now']);
});

it.each([
  ['another person', me('ben', 'now')],
  ['another organization', me('ada', 'now', 'p')],
  ['nobody', undefined],
])('and is never sent as %s', async (_whom, then) => {
  onTokenRefused(async () => rememberSession(then));
  await expect(rename()).rejects.toMatchObject({ code: 'csrf_refused' });
  expect(sent).toEqual(['before']);
});

it.each([
  [
    'a page',
    new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
    'responded instead',
  ],
  [
    'a way elsewhere',
    Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' }),
    'responded instead',
  ],
  ['a half', new Response('{"items": ['), 'was incomplete'],
])('%s in place of an answer is told from a fault of the page', async (_what, answer, said) => {
  vi.stubGlobal('fetch', async () => answer);
  const { title } = explainError(await call(contract.identity.listPeople).catch((error: unknown) => error));
  expect(title).toContain(said);
});

/** Answers each request in turn, and tells what was asked. */
function answering(...answers: [status: number, code?: string][]) {
  const asked: { address: string; headers: Headers; redirect?: string }[] = [];
  vi.stubGlobal('fetch', async (address: string, { headers, redirect }: RequestInit) => {
    asked.push({ address, headers: headers as Headers, ...(redirect && { redirect }) });
    const [status, code] = answers.shift() ?? [500];
    return code === undefined
      ? Response.json({}, { status })
      : Response.json({ code, title: 'No.', status }, { status });
  });
  return asked;
}

it('no call follows a way elsewhere, and what it is about stays one part of its address', async () => {
  const asked = answering([200]);
  await call(contract.apps.getDraft, { params: { id: '../people?x=1#y' } });
  expect(asked).toMatchObject([{ address: '/v1/apps/..%2Fpeople%3Fx%3D1%23y/draft', redirect: 'manual' }]);
});

it('only a refused token is sent again, never one that was given, and a creation under its key', async () => {
  onTokenRefused(async () => rememberSession(me('ada', 'now')));
  const denied = answering([403, 'forbidden']);
  await expect(rename()).rejects.toMatchObject({ code: 'forbidden' });
  expect(denied).toHaveLength(1);
  const given = answering([403, 'csrf_refused']);
  const organizationId = '0199c0de-0000-4000-8000-000000000001';
  await expect(
    call(contract.identity.switchOrganization, { body: { organizationId } }, { csrfToken: 'of another' }),
  ).rejects.toMatchObject({ code: 'csrf_refused' });
  expect(given.map(({ headers }) => headers.get('x-csrf-token'))).toEqual(['of another']);
  rememberSession(me('ada', 'before'));
  const made = answering([403, 'csrf_refused'], [200]);
  await call(contract.identity.createOrganization, { body: { name: 'New' } });
  const keys = made.map(({ headers }) => headers.get('idempotency-key'));
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys).toEqual([keys[0], keys[0]]);
});

it('a session that ended is told, and not that of somebody who signs in', async () => {
  let ended = 0;
  onSignedOut(() => {
    ended += 1;
  });
  answering([401, 'not_signed_in'], [401, 'sign_in_failed']);
  await call(contract.identity.listPeople).catch(() => undefined);
  expect(ended).toBe(1);
  const body = { email: 'ada@harbor.example', password: 'wrong' };
  await call(contract.identity.signIn, { body }).catch(() => undefined);
  expect(ended).toBe(1);
  onSignedOut(() => undefined);
});

it.each([
  ['it was not sent where there is no network', 'tools.example.com', [false, false], { code: 'offline' }],
  ['it may have been where this machine has the server', '127.0.0.1', [false, false], { name: 'TypeError' }],
  ['it may have been where the network went away', 'tools.example.com', [true, false], { name: 'TypeError' }],
  ['it may have been where the network came back', 'tools.example.com', [false, true], { name: 'TypeError' }],
])('of a write that got no answer, %s', async (_what, hostname, onLine, said) => {
  vi.stubGlobal('location', { hostname });
  const asked = [...onLine];
  vi.stubGlobal('navigator', {
    get onLine() {
      return asked.shift() ?? onLine.at(-1);
    },
  });
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch');
  });
  await expect(rename()).rejects.toMatchObject(said);
});
