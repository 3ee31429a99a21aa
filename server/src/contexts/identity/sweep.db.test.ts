import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, type IdentityFixture, identityFixture } from '../../../test/identity.ts';
import { SESSION_LIMITS } from './session.ts';
import { sweep } from './sweep.ts';

let fixture: IdentityFixture;
beforeAll(async () => {
  fixture = await identityFixture();
});
afterAll(() => fixture?.close());

it('sweeps what is over, and nothing that still means something', async () => {
  const identity = await fixture.node();
  const owner = await fixture.setUp(identity);
  await identity.createToken(owner.opened.call, { label: 'long', days: 200 });
  await identity.invite(owner.opened.call, { email: 'x@example.com', role: 'member', groups: [] });
  await identity.signIn(call(), { email: 'ada@example.com', password: 'wrong' }).catch(() => undefined);
  const counts = async () => {
    await sweep({ db: fixture.database.db, clock: fixture.clock, limits: SESSION_LIMITS });
    const [row] = await fixture.rows<Record<string, number>>(`select
      (select count(*)::int from sessions where kind = 'session') as sessions,
      (select count(*)::int from sessions where kind = 'token') as tokens,
      (select count(*)::int from invitations) as invitations,
      (select count(*)::int from sign_in_throttle) as throttled`);
    return row;
  };
  expect(await counts()).toEqual({ sessions: 1, tokens: 1, invitations: 1, throttled: 2 });
  fixture.clock.forward(SESSION_LIMITS.idleMs + 1_000);
  expect(await counts()).toEqual({ sessions: 0, tokens: 1, invitations: 1, throttled: 2 });
  fixture.clock.forward(60 * 86_400_000);
  expect(await counts()).toEqual({ sessions: 0, tokens: 1, invitations: 0, throttled: 0 });
  fixture.clock.forward(200 * 86_400_000);
  expect(await counts()).toEqual({ sessions: 0, tokens: 0, invitations: 0, throttled: 0 });
});
