import { beforeEach, expect, it } from 'vitest';
import type { OrganizationId, PersonId, SessionId } from '../../kernel/ids.ts';
import type { Db, Tx } from '../../platform/db/db.ts';
import type { Listener, Notifications } from '../../platform/db/notifications.ts';
import { type Authenticator, createAuthenticator } from './authenticate.ts';
import { createRevocations, type Revocations } from './revocations.ts';
import { SESSION_LIMITS, tokenHash } from './session.ts';
import type { LiveSession } from './sessions.table.ts';

/** What the database is asked and says: each question waits until the test answers it. */
let asked: PromiseWithResolvers<LiveSession | undefined>[];
let notifications: { connected: boolean };
let heard: Listener;
let revocations: Revocations;
let authenticator: Authenticator;
let setBack: number;

const session = (role: LiveSession['role'] = 'owner'): LiveSession => ({
  id: 'session' as SessionId,
  token_hash: tokenHash('a token'),
  kind: 'session',
  organization_id: 'organization' as OrganizationId,
  person_id: 'person' as PersonId,
  last_seen_at: new Date(),
  expires_at: new Date(Date.now() + 3_600_000),
  name: 'Ada',
  email: 'ada@example.com',
  role,
  groups: [],
  attributes: {},
  operator: false,
});
const who = (token = 'a token') => authenticator.authenticate({ kind: 'session', token }, '203.0.113.7');
/** Has it answered the next time without a question? */
const isKept = () => !(who() instanceof Promise);

beforeEach(async () => {
  asked = [];
  setBack = 0;
  notifications = { connected: true };
  revocations = createRevocations();
  const many = async () => {
    const question = Promise.withResolvers<LiveSession | undefined>();
    asked.push(question);
    const row = await question.promise;
    return row === undefined ? [] : [row];
  };
  const tx = { many } as unknown as Tx;
  const inTx = (_why: string, work: (given: Tx) => Promise<unknown>) => work(tx);
  authenticator = await createAuthenticator({
    db: { system: inTx, lookUp: inTx } as unknown as Db,
    notifications: Object.assign(notifications, {
      listen: async (_channel: string, listener: Listener) => {
        heard = listener;
        return () => undefined;
      },
    }) as unknown as Notifications,
    revocations,
    clock: { now: () => Date.now() - setBack },
    limits: SESSION_LIMITS,
  });
});

it('I7 twin: what was asked in peace is kept', async () => {
  const found = who();
  asked[0]?.resolve(session());
  expect((await found)?.actor.role).toBe('owner');
  expect(isKept()).toBe(true);
});

it('I7 what was asked before the clock was set back is asked again', async () => {
  const found = who();
  asked[0]?.resolve(session());
  await found;
  setBack = 3_600_000;
  expect(isKept()).toBe(false);
});

it.each([{ kind: 'changed' }, { kind: 'ended', sessions: ['session'] }])(
  'I7 what was asked before a change is neither kept nor shared after it: %j',
  async (change) => {
    const before = who();
    heard.message(JSON.stringify(change));
    const after = who();
    expect(asked).toHaveLength(2);
    asked[0]?.resolve(session('owner'));
    await before;
    expect(isKept()).toBe(false);
    asked[1]?.resolve(session('member'));
    expect((await after)?.actor.role).toBe('member');
  },
);

it('I7 nor that somebody was nobody before it: access that was turned on meanwhile is there at once', async () => {
  const before = who();
  heard.message(JSON.stringify({ kind: 'changed' }));
  asked[0]?.resolve(undefined);
  expect(await before).toBeUndefined();
  expect(isKept()).toBe(false);
});

it('I7 while changes may go unheard nothing is kept, neither who somebody is nor that somebody is nobody', async () => {
  notifications.connected = false;
  for (const row of [session(), undefined]) {
    const found = who();
    asked.at(-1)?.resolve(row);
    await found;
    expect(isKept()).toBe(false);
    asked.at(-1)?.resolve(undefined);
    await who();
  }
});

it('I7 what nobody can be asked about when notifications return is stopped', async () => {
  let stopped = 0;
  revocations.watch('session' as SessionId, () => stopped++);
  heard.restored();
  asked[0]?.reject(new Error('nobody knows'));
  await expect.poll(() => stopped).toBe(1);
  // Nor is it known to have ended: what it begins now was looked up.
  revocations.watch('session' as SessionId, () => stopped++);
  expect(stopped).toBe(1);
});

it('I7 a database that is away when notifications return is asked again, and what is in force goes on', async () => {
  const stopped: string[] = [];
  for (const id of ['session', 'ended']) revocations.watch(id as SessionId, () => stopped.push(id));
  heard.restored();
  asked[0]?.reject(Object.assign(new Error('the connection was lost'), { code: '08006' }));
  await expect.poll(() => asked.length).toBe(2);
  expect(stopped).toEqual([]);
  asked[1]?.resolve(session());
  await expect.poll(() => stopped).toEqual(['ended']);
});
