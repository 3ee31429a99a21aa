import { contract, type Me } from '@sallyport/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { call, onTokenRefused, rememberSession } from './api.ts';
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
