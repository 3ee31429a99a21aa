import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { call, type IdentityFixture, identityFixture, PASSWORD } from '../../../test/identity.ts';
import { asAdmin } from '../../../test/postgres-server.ts';
import type { SessionId } from '../../kernel/ids.ts';
import type { Notifications } from '../../platform/db/notifications.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Identity, SignedIn } from './index.ts';
import { touchSessions } from './sessions.store.ts';

const HOUR = 3_600_000;
const email = 'ada@example.com';
let fixture: IdentityFixture;
let identity: Identity & { notifications: Notifications };
let elsewhere: Identity & { notifications: Notifications };
let owner: SignedIn;

const who = async (on: Identity, kind: 'session' | 'token', token: string) =>
  (await on.authenticate({ kind, token }, '203.0.113.7'))?.actor.personId;
const signIn = (mail = email) => identity.signIn(call(), { email: mail, password: PASSWORD });
const tokenOf = (s: SignedIn) => s.opened.token.reveal();
const until = (done: () => boolean | Promise<boolean>, ms = 5_000) => vi.waitUntil(done, ms);

beforeAll(async () => {
  fixture = await identityFixture();
  identity = await fixture.node();
  elsewhere = await fixture.node();
  owner = await fixture.setUp(identity);
});
afterAll(() => fixture?.close());

describe('sessions', () => {
  it('is answered from memory the second time, synchronously', async () => {
    const token = tokenOf(await signIn());
    await elsewhere.authenticate({ kind: 'session', token }, '::1');
    const again = elsewhere.authenticate({ kind: 'session', token }, '::1');
    expect(again).not.toBeInstanceOf(Promise);
  });

  it.each(['', 'x', 'sp_', 'x'.repeat(43), 'a'.repeat(200), "' or 1=1 --"])('%j is nobody', async (token) => {
    expect(await who(identity, 'session', token)).toBeUndefined();
    expect(await who(identity, 'token', token)).toBeUndefined();
  });

  it('a browser’s token is no API token, and the other way round', async () => {
    const session = tokenOf(await signIn());
    const { token } = await identity.createToken(owner.opened.call, { label: 'ci', days: 1 });
    expect(token.reveal()).toMatch(/^sp_[A-Za-z0-9_-]{43}$/);
    for (const on of [identity, elsewhere]) {
      expect(await who(on, 'session', session)).toBe(owner.me.person.id);
      expect(await who(on, 'token', session)).toBeUndefined();
      expect(await who(on, 'token', token.reveal())).toBe(owner.me.person.id);
      expect(await who(on, 'session', token.reveal())).toBeUndefined();
    }
    const found = await identity.authenticate({ kind: 'token', token: token.reveal() }, '::1');
    expect(found).toMatchObject({ csrfToken: null, actor: { via: 'token' } });
  });

  it('I5 each session has a CSRF token of its own, the same on every node', async () => {
    const [a, b] = [await signIn(), await signIn()];
    expect(a.me.csrfToken).not.toBe(b.me.csrfToken);
    const found = await elsewhere.authenticate({ kind: 'session', token: tokenOf(a) }, '::1');
    expect(found?.csrfToken).toBe(a.me.csrfToken);
  });

  it('I6 ends unused after 12 hours, used after 14 days; a token after its days', async () => {
    const idle = tokenOf(await signIn());
    const used = await signIn();
    const { token } = await identity.createToken(used.opened.call, { label: 'ci', days: 20 });
    for (let day = 0; day < 28; day++) {
      fixture.clock.forward(12 * HOUR - 60_000);
      expect(await who(identity, 'session', tokenOf(used))).toBe(day < 28 ? owner.me.person.id : undefined);
      await fixture.rows('update sessions set last_seen_at = $1 where token_hash = sha256($2)', [
        new Date(fixture.clock.now()),
        tokenOf(used),
      ]);
    }
    expect(await who(identity, 'session', idle)).toBeUndefined();
    fixture.clock.forward(HOUR);
    expect(await who(identity, 'session', tokenOf(used))).toBeUndefined();
    expect(await who(identity, 'token', token.reveal())).toBe(owner.me.person.id);
    fixture.clock.forward(7 * 24 * HOUR);
    expect(await who(identity, 'token', token.reveal())).toBeUndefined();
    owner = await signIn();
  });

  it('I6 a clock that ran ahead and was set back leaves no session that outlives the others', async () => {
    const [before, used] = [await signIn(), await signIn()];
    const use = ({ opened }: SignedIn) =>
      fixture.database.db.system('a test', (tx) =>
        touchSessions(tx, new Map([[opened.actor.sessionId, { at: fixture.clock.now(), address: '::1' }]])),
      );
    const year = 365 * 24 * HOUR;
    fixture.clock.forward(year);
    const made = await signIn();
    await use(used);
    fixture.clock.forward(-year);
    const session = (one: SignedIn) => who(elsewhere, 'session', tokenOf(one));
    // What was judged while the clock was wrong is judged again.
    for (const wrong of [year, -year]) {
      fixture.clock.forward(wrong);
      expect(await session(before)).toBeUndefined();
      fixture.clock.forward(-wrong);
      expect(await session(before)).toBe(owner.me.person.id);
    }
    expect(await session(made)).toBeUndefined();
    expect(await session(used)).toBeUndefined();
    expect(await session(before)).toBe(owner.me.person.id);
    // By an hour, nobody is signed out.
    fixture.clock.forward(HOUR);
    await use(before);
    fixture.clock.forward(-HOUR);
    expect(await session(before)).toBe(owner.me.person.id);
  });

  it('I6 kept in memory, it ends no later than it would otherwise', async () => {
    const { token } = await identity.createToken(owner.opened.call, { label: 'ci', days: 1 });
    fixture.clock.forward(24 * HOUR - 2_000);
    expect(await who(identity, 'token', token.reveal())).toBe(owner.me.person.id);
    fixture.clock.forward(2_000);
    expect(await who(identity, 'token', token.reveal())).toBeUndefined();
    owner = await signIn();
  });

  it('I6 of an epoch that is over it is nobody’s, though its row was left', async () => {
    const member = await fixture.join({ identity, owner }, 'member');
    const { token } = await identity.createToken(member.opened.call, { label: 'ci', days: 1 });
    await fixture.rows('update people set epoch = epoch + 1 where id = $1', [member.id]);
    expect(await who(elsewhere, 'session', tokenOf(member))).toBeUndefined();
    expect(await who(elsewhere, 'token', token.reveal())).toBeUndefined();
  });

  it('I6 a person has so many sessions and tokens at most, and nobody’s list of them grows without an end', async () => {
    const member = await fixture.join({ identity, owner }, 'member');
    const first = await signIn(member.email);
    const copy = (kind: string, times: number) =>
      fixture.rows(
        `insert into sessions (id, organization_id, person_id, kind, token_hash, epoch, label, device, address,
           created_at, last_seen_at, expires_at)
         select gen_random_uuid(), organization_id, person_id, $2, sha256((id::text || $2 || n)::bytea), epoch,
           case $2 when 'token' then 'ci' end, device, address, created_at, last_seen_at + interval '1 s', expires_at
         from sessions, generate_series(1, $3::int) n where id = $1`,
        [first.opened.actor.sessionId, kind, times],
      );
    await copy('session', 100);
    await copy('token', 100);
    // One of each counts for nothing: it is of another organization, or over.
    const { id: other } = await identity.createOrganization(member.opened.call, { name: 'Other' });
    const one = (kind: string) => `id = (select id from sessions where person_id = $1 and kind = '${kind}'
      and id <> $2 order by last_seen_at desc limit 1)`;
    const of = [member.id, first.opened.actor.sessionId];
    await fixture.rows(
      `update sessions set organization_id = $3, last_seen_at = created_at where ${one('session')}`,
      [...of, other],
    );
    await fixture.rows(`update sessions set expires_at = created_at where ${one('token')}`, of);
    const asked = await Promise.allSettled(
      Array.from({ length: 5 }, () =>
        identity.createToken(member.opened.call, { label: 'the last', days: 1 }),
      ),
    );
    const refused = asked.filter((one) => one.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(4).fill('token_limit'));
    const last = await signIn(member.email);
    expect(await identity.listMySessions(last.opened.call)).toHaveLength(201);
    expect(await who(identity, 'session', tokenOf(last))).toBe(member.id);
    await until(async () => (await who(elsewhere, 'session', tokenOf(first))) === undefined);
  });

  it('writes the last use at most once a minute, later', async () => {
    const mine = await signIn();
    fixture.clock.forward(5 * 60_000);
    await identity.authenticate({ kind: 'session', token: tokenOf(mine) }, '192.0.2.55');
    await until(async () => {
      const rows = await identity.listMySessions(mine.opened.call);
      const row = rows.find((r) => r.current)!;
      return row.address === '192.0.2.55' && Date.parse(row.lastSeenAt) > fixture.clock.now() - 60_000;
    }, 8_000);
  });

  it('writes the last use of what nobody holds, and waits for nothing while it holds others', async () => {
    const [held, free] = [await signIn(), await signIn()];
    const [kept, used] = [held, free].map(({ opened }) => opened.actor.sessionId) as [SessionId, SessionId];
    const use = { at: fixture.clock.now(), address: '192.0.2.77' };
    await asAdmin(fixture.database.ownerUrl, async (client) => {
      await client.query('begin');
      await client.query('select from sessions where id = $1 for update', [kept]);
      await fixture.database.db.system('a test', async (tx) => {
        await tx.many(sql`select set_config('lock_timeout', '1s', true)`);
        await touchSessions(
          tx,
          new Map([
            [kept, use],
            [used, use],
          ]),
        );
      });
      await client.query('rollback');
    });
    const at = await fixture.rows(`select id from sessions where address = '192.0.2.77'`);
    expect(at).toEqual([{ id: used }]);
  });

  it('signing out ends it here and elsewhere; a person ends their own, and nobody else’s', async () => {
    const [a, b] = [await signIn(), await signIn()];
    for (const s of [a, b]) await who(elsewhere, 'session', tokenOf(s));
    await identity.signOut(a.opened.call);
    await until(async () => (await who(elsewhere, 'session', tokenOf(a))) === undefined);
    const member = await fixture.join({ identity, owner }, 'member');
    const refused = await identity
      .revokeMySession(member.opened.call, b.opened.actor.sessionId)
      .catch((e) => e.code);
    expect(refused).toBe('session_not_found');
    await identity.revokeMySession(owner.opened.call, b.opened.actor.sessionId);
    await until(async () => (await who(elsewhere, 'session', tokenOf(b))) === undefined);
  });
});

describe('turning a person off', () => {
  it('I7 ends their sessions, tokens and running streams on another node within a second', async () => {
    const member = await fixture.join({ identity, owner }, 'builder');
    const { token } = await identity.createToken(member.opened.call, { label: 'ci', days: 3 });
    let aborted = 0;
    elsewhere.onRevoked(member.opened.actor.sessionId, () => aborted++);
    const left = elsewhere.onRevoked(member.opened.actor.sessionId, () => (aborted += 100));
    left();
    expect(await who(elsewhere, 'session', tokenOf(member))).toBe(member.id);
    expect(await who(elsewhere, 'token', token.reveal())).toBe(member.id);
    expect(elsewhere.authenticate({ kind: 'token', token: token.reveal() }, '::1')).not.toBeInstanceOf(
      Promise,
    );
    const changing = identity.changePerson(owner.opened.call, member.id, { disabled: true });
    await until(
      async () =>
        aborted === 1 &&
        (await who(elsewhere, 'session', tokenOf(member))) === undefined &&
        (await who(elsewhere, 'token', token.reveal())) === undefined,
      1_000,
    );
    await changing;
    const refusal = await signIn(member.email).catch((e) => e.code);
    expect(refusal).toBe('access_turned_off');
    const records = await fixture.rows<{ leaf: string }>(
      `select leaf from audit_records where event = 'identity.sign_in_refused' and organization_id = $1`,
      [owner.me.organization.id],
    );
    expect(records.map((r) => JSON.parse(r.leaf).data.reason)).toContain('turned_off');
    let late = 0;
    elsewhere.onRevoked(member.opened.actor.sessionId, () => late++);
    expect(late).toBe(1);
    await identity.changePerson(owner.opened.call, member.id, { disabled: false });
    expect(await who(elsewhere, 'session', tokenOf(member))).toBeUndefined();
    expect((await signIn(member.email)).me.role).toBe('builder');
  });

  it('I7 no session of theirs survives that was being made or looked up at that moment', async () => {
    const member = await fixture.join({ identity, owner }, 'member');
    const making = Array.from({ length: 6 }, () => signIn(member.email).catch(() => undefined));
    const looking = Array.from({ length: 20 }, () => who(elsewhere, 'session', tokenOf(member)));
    await identity.changePerson(owner.opened.call, member.id, { disabled: true });
    const made = (await Promise.all(making)).filter((s) => s !== undefined);
    await Promise.all(looking);
    await identity.changePerson(owner.opened.call, member.id, { disabled: false });
    for (const s of made) expect(await who(elsewhere, 'session', tokenOf(s))).toBeUndefined();
    expect(await who(elsewhere, 'session', tokenOf(member))).toBeUndefined();
  });

  it('I6 ending their sessions ends a token, too, that is being made at that moment', async () => {
    const member = await fixture.join({ identity, owner }, 'member');
    await asAdmin(fixture.database.ownerUrl, async (client) => {
      await client.query('begin');
      const turn = `tokens/${member.id}/${member.me.organization.id}`;
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [turn]);
      const waiting = async () =>
        (
          await fixture.rows(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          )
        ).length;
      const making = identity.createToken(member.opened.call, { label: 'ci', days: 3 });
      await until(async () => (await waiting()) === 1);
      let ended = false;
      const ending = identity.revokePersonSessions(owner.opened.call, member.id).then(() => {
        ended = true;
      });
      await until(async () => ended || (await waiting()) === 2);
      await client.query('commit');
      const { token } = await making;
      await ending;
      expect(await who(elsewhere, 'token', token.reveal())).toBeUndefined();
    });
  });

  it('I7 a new role holds at once on another node', async () => {
    const member = await fixture.join({ identity, owner }, 'member');
    const role = async () =>
      (await elsewhere.authenticate({ kind: 'session', token: tokenOf(member) }, '::1'))?.actor.role;
    expect(await role()).toBe('member');
    await identity.changePerson(owner.opened.call, member.id, { role: 'admin', groups: ['ops', 'ops'] });
    await until(async () => (await role()) === 'admin', 1_000);
  });

  it('I7 with the notifications gone nothing is remembered; when they return, what ended meanwhile stops', async () => {
    const member = await fixture.join({ identity, owner }, 'member');
    const other = await fixture.join({ identity, owner }, 'member');
    const aborted: string[] = [];
    elsewhere.onRevoked(member.opened.actor.sessionId, () => aborted.push('member'));
    elsewhere.onRevoked(other.opened.actor.sessionId, () => aborted.push('other'));
    await who(elsewhere, 'session', tokenOf(member));
    // Unheard by the node: the row goes without a notification, with the connection that would have told of it.
    await fixture.rows(
      `with gone as (delete from sessions where id = $1)
       select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'listener-1' and datname = current_database()`,
      [member.opened.actor.sessionId],
    );
    await until(() => aborted.length > 0);
    expect(aborted).toEqual(['member']);
    expect(await who(elsewhere, 'session', tokenOf(member))).toBeUndefined();
    await until(() => elsewhere.notifications.connected);
    await who(elsewhere, 'session', tokenOf(other));
    expect(elsewhere.authenticate({ kind: 'session', token: tokenOf(other) }, '::1')).not.toBeInstanceOf(
      Promise,
    );
  });

  it('twin: a row that goes unheard is still believed for a while, so the test above sees a difference', async () => {
    const member = await fixture.join({ identity, owner }, 'member');
    await who(elsewhere, 'session', tokenOf(member));
    await fixture.rows('delete from sessions where id = $1', [member.opened.actor.sessionId]);
    expect(await who(elsewhere, 'session', tokenOf(member))).toBe(member.id);
    fixture.clock.forward(5_001);
    expect(await who(elsewhere, 'session', tokenOf(member))).toBeUndefined();
  });

  it('I14 one that was in force for nobody is looked for anew once something changed', async () => {
    const member = await fixture.join({ identity, owner }, 'member');
    const epoch = (by: number) =>
      fixture.rows('update sessions set epoch = epoch + $2 where id = $1', [
        member.opened.actor.sessionId,
        by,
      ]);
    await epoch(1);
    expect(await who(elsewhere, 'session', tokenOf(member))).toBeUndefined();
    await epoch(-1);
    expect(await who(elsewhere, 'session', tokenOf(member))).toBeUndefined();
    await identity.changePerson(owner.opened.call, member.id, { groups: ['moved'] });
    await until(async () => (await who(elsewhere, 'session', tokenOf(member))) === member.id);
  });

  it('an unknown session id is watched in peace', () => {
    const stop = elsewhere.onRevoked('none' as SessionId, () => expect.unreachable());
    stop();
  });

  it('I14 invented tokens from one address are refused before a look-up; who was known goes on', async () => {
    const address = '198.51.100.201';
    const member = await fixture.join({ identity, owner }, 'member');
    const known = { kind: 'session', token: tokenOf(member) } as const;
    expect((await elsewhere.authenticate(known, address))?.actor.personId).toBe(member.id);
    const invented = (i: number) =>
      elsewhere.authenticate({ kind: 'token', token: `t${i}`.padEnd(43, 'x') }, address);
    // The same dead one again and again costs nothing and counts once.
    for (let i = 0; i < 200; i++) expect(await invented(0)).toBeUndefined();
    for (let i = 1; i < 60; i++) expect(await invented(i)).toBeUndefined();
    expect(() => invented(60)).toThrow(expect.objectContaining({ code: 'too_many_strangers' }));
    await identity.changePerson(owner.opened.call, member.id, { groups: ['moved'] });
    await until(() => elsewhere.authenticate(known, address) instanceof Promise);
    expect((await elsewhere.authenticate(known, address))?.actor.groups).toEqual(['moved']);
    fixture.clock.forward(60_000);
    expect(await invented(61)).toBeUndefined();
  });
});
