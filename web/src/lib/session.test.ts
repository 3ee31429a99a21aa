import { contract, type Me } from '@sallyport/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { call, rememberSession } from './api.ts';
import { queryClient } from './query-client.ts';
import {
  beginSession,
  endSession,
  followOtherTabs,
  may,
  meQuery,
  onSessionChanged,
  resumeSession,
} from './session.ts';

const me = (person: string, organization: string, csrfToken: string) =>
  ({
    person: { id: person },
    organization: { id: organization },
    csrfToken,
    permissions: ['person:read'],
  }) as unknown as Me;
const ada = me('ada', 'harbor', 'first');
let now: Me = ada;
let sent: (string | null)[] = [];
let changed: Me[] = [];
/** The token that a change is sent with. */
const tokenOfAChange = async () => {
  sent = [];
  await call(contract.identity.changeOrganization, { body: { name: 'New' } }).catch(() => undefined);
  return sent[0];
};

beforeEach(() => {
  changed = [];
  now = ada;
  onSessionChanged((other) => void changed.push(other));
  vi.stubGlobal('fetch', async (_address: string, { method, headers }: RequestInit) => {
    if (method === 'GET') return Response.json(now);
    sent.push((headers as Headers).get('x-csrf-token'));
    return new Response(null, { status: 204 });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
  rememberSession(undefined);
});
const ask = () => queryClient.fetchQuery({ ...meQuery, staleTime: 0 });

it.each([
  ['somebody else', me('ben', 'harbor', 'other')],
  ['another organization', me('ada', 'quay', 'other')],
])('a page goes on as whom it shows while another tab made the session that of %s', async (_whom, other) => {
  expect(await ask()).toEqual(ada);
  now = other;
  expect(await ask()).toEqual(ada);
  expect(changed).toEqual([other]);
  expect(await tokenOfAChange()).toBe('first');
  expect(resumeSession(other)).toBe(false);
  expect(await tokenOfAChange()).toBe('first');
});

it('the same person in the same organization goes on under a new session', async () => {
  await ask();
  const again = me('ada', 'harbor', 'second');
  now = again;
  expect(resumeSession(again)).toBe(true);
  expect(await tokenOfAChange()).toBe('second');
  expect(changed).toEqual([]);
});

it('who signs in sees nothing of who was there before, and who signs out leaves nothing', async () => {
  await ask();
  queryClient.setQueryData(['listPeople'], 'of before');
  const ben = me('ben', 'harbor', 'other');
  beginSession(ben);
  expect(queryClient.getQueryData(['listPeople'])).toBe(undefined);
  expect(queryClient.getQueryData(meQuery.queryKey)).toEqual(ben);
  expect(await tokenOfAChange()).toBe('other');
  endSession();
  expect(queryClient.getQueryCache().getAll()).toEqual([]);
  expect(await tokenOfAChange()).toBe(null);
});

it('W9 tabs tell each other when one of them signs in, goes on or signs out', async () => {
  let told = 0;
  let hear = () => undefined as unknown;
  class Channel {
    set onmessage(listener: () => unknown) {
      hear = listener;
    }
    postMessage() {
      told += 1;
    }
  }
  vi.stubGlobal('BroadcastChannel', Channel);
  followOtherTabs();
  await ask();
  beginSession(ada);
  expect(told).toBe(1);
  resumeSession(me('ada', 'harbor', 'second'));
  expect(told).toBe(2);
  const other = me('ben', 'harbor', 'other');
  now = other;
  hear();
  await vi.waitFor(() => expect(changed).toEqual([other]));
  endSession();
  expect(told).toBe(3);
});

it('W2 a control is offered to whom policy permits its action', () => {
  expect(may(ada, contract.identity.listPeople)).toBe(true);
  expect(may(ada, contract.identity.invite)).toBe(false);
  expect(may(ada, contract.identity.signOut)).toBe(true);
});
