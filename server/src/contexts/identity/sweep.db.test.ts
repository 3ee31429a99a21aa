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
  /** As if what is there were older: time passes for the database too. */
  const grow = async (hours: number) => {
    const earlier = (column: string) => `${column} = ${column} - make_interval(hours => ${hours})`;
    await fixture.rows(`update sessions set ${earlier('expires_at')}, ${earlier('last_seen_at')}`);
    await fixture.rows(`update invitations set ${earlier('expires_at')}`);
    await fixture.rows(`update sign_in_throttle set ${earlier('last_failure_at')}`);
  };
  const all = { sessions: 1, tokens: 1, invitations: 1, throttled: 2 };
  expect(await counts()).toEqual(all);
  await grow(SESSION_LIMITS.idleMs / 3_600_000 + 1);
  // A node whose clock was set back knows of nothing that is over, and one that runs ahead of nothing more than the rest.
  fixture.clock.forward(-86_400_000);
  expect(await counts()).toEqual(all);
  fixture.clock.forward(400 * 86_400_000);
  expect(await counts()).toEqual({ ...all, sessions: 0 });
  await grow(60 * 24);
  expect(await counts()).toEqual({ sessions: 0, tokens: 1, invitations: 0, throttled: 0 });
  await grow(200 * 24);
  expect(await counts()).toEqual({ sessions: 0, tokens: 0, invitations: 0, throttled: 0 });
});
