import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  call,
  codeOf,
  holdingHasher,
  type IdentityFixture,
  identityFixture,
  PASSWORD,
} from '../../../test/identity.ts';
import { asAdmin } from '../../../test/postgres-server.ts';
import { newId, type OrganizationId, type PersonId } from '../../kernel/ids.ts';
import type { Identity, SignedIn } from './index.ts';

let fixture: IdentityFixture;
let identity: Identity;
let owner: SignedIn;
let admin: Awaited<ReturnType<IdentityFixture['join']>>;

const PAGE = { limit: 200 };
const tokenIn = (link: string) => new URL(link).searchParams.get('token') ?? '';
const invite = async (by: SignedIn, email: string, role: 'owner' | 'admin' | 'member' = 'member') =>
  identity.invite(by.opened.call, { email, role, groups: ['ops', 'ops'] });

beforeAll(async () => {
  fixture = await identityFixture();
  identity = await fixture.node();
  owner = await fixture.setUp(identity);
  admin = await fixture.join({ identity, owner }, 'admin');
});
afterAll(() => fixture?.close());

describe('invitations', () => {
  it('bring a new person in with role and groups, once', async () => {
    const { invitation, link } = await invite(admin, 'new@example.com');
    expect(link.reveal()).toMatch(/^https:\/\/tools\.example\.com\/invite\?token=[A-Za-z0-9_-]{43}$/);
    const token = tokenIn(link.reveal());
    const open = async () =>
      (await identity.listInvitations(owner.opened.call, PAGE)).items.map(({ id }) => id);
    expect(await open()).toContain(invitation.id);
    expect(await identity.readInvitation(call(), token)).toEqual({
      email: 'new@example.com',
      organization: 'Acme',
      role: 'member',
      accountExists: false,
    });
    expect(await codeOf(identity.acceptInvitation(call(), { token, password: PASSWORD }))).toBe(
      'name_required',
    );
    expect(
      await codeOf(identity.acceptInvitation(call(), { token, name: 'New', password: 'password12' })),
    ).toBe('password_weak');
    const all = await Promise.all(
      [1, 2, 3].map(() =>
        codeOf(identity.acceptInvitation(call(), { token, name: 'New', password: PASSWORD })),
      ),
    );
    expect(all.filter((c) => c === 'none')).toHaveLength(1);
    expect(await codeOf(identity.readInvitation(call(), token))).toBe('invitation_invalid');
    expect(await open()).not.toContain(invitation.id);
    const { items: rows } = await identity.listPeople(owner.opened.call, PAGE);
    expect(rows.find((p) => p.email === 'new@example.com')).toMatchObject({
      role: 'member',
      groups: ['ops'],
    });
    expect(await codeOf(invite(owner, 'new@example.com'))).toBe('already_member');
    const kept = await fixture.rows<{ t: string }>(
      `select row_to_json(i)::text as t from invitations i union all select leaf from audit_records`,
    );
    expect(kept.map((r) => r.t).join()).not.toContain(token);
  });

  it('of many at one time for one address, one stays open', async () => {
    await Promise.all(Array.from({ length: 6 }, () => invite(owner, 'at-once@example.com')));
    const { items: open } = await identity.listInvitations(owner.opened.call, PAGE);
    expect(open.filter(({ email }) => email === 'at-once@example.com')).toHaveLength(1);
  });

  it('taken up and withdrawn, or made anew, at one time, are one of both', async () => {
    const waiting = () =>
      fixture
        .rows(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
        .then((waits) => waits.length);
    const { link, invitation } = await invite(owner, 'both@example.com');
    const token = tokenIn(link.reveal());
    const outcomes = await asAdmin(fixture.database.ownerUrl, async (client) => {
      await client.query('begin; lock table memberships in share mode');
      const taken = codeOf(identity.acceptInvitation(call(), { token, name: 'B', password: PASSWORD }));
      await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
      const others = [
        identity.withdrawInvitation(owner.opened.call, invitation.id),
        invite(owner, 'both@example.com'),
      ].map(codeOf);
      await expect.poll(waiting, { timeout: 20_000 }).toBe(3);
      await client.query('rollback');
      return Promise.all([taken, ...others]);
    });
    expect(outcomes).toEqual(['none', 'invitation_not_found', 'already_member']);
  });

  it('I10 one to a higher role is not replaced from below', async () => {
    const above = await invite(owner, 'above@example.com', 'owner');
    expect(await codeOf(invite(admin, 'above@example.com'))).toBe('role_above_own');
    expect(await codeOf(identity.readInvitation(call(), tokenIn(above.link.reveal())))).toBe('none');
  });

  it('are void when withdrawn, replaced, lapsed, or when their maker lost the role', async () => {
    const first = await invite(admin, 'x@example.com', 'admin');
    const second = await invite(admin, 'x@example.com', 'admin');
    expect(await codeOf(identity.readInvitation(call(), tokenIn(first.link.reveal())))).toBe(
      'invitation_invalid',
    );
    const token = tokenIn(second.link.reveal());
    expect(await codeOf(identity.readInvitation(call(), token))).toBe('none');
    // To a role below that of who may invite nobody any more, too.
    const low = await invite(admin, 'low@example.com', 'member');
    await identity.changePerson(owner.opened.call, admin.id, { role: 'builder' });
    for (const one of [token, tokenIn(low.link.reveal())])
      expect(await codeOf(identity.readInvitation(call(), one))).toBe('invitation_invalid');
    await identity.changePerson(owner.opened.call, admin.id, { role: 'admin', disabled: true });
    expect(await codeOf(identity.readInvitation(call(), token))).toBe('invitation_invalid');
    await identity.changePerson(owner.opened.call, admin.id, { disabled: false });
    expect(await codeOf(identity.readInvitation(call(), token))).toBe('none');
    await identity.withdrawInvitation(owner.opened.call, second.invitation.id);
    expect(await codeOf(identity.readInvitation(call(), token))).toBe('invitation_invalid');
    expect(await codeOf(identity.withdrawInvitation(owner.opened.call, second.invitation.id))).toBe(
      'invitation_not_found',
    );
    const third = await invite(owner, 'x@example.com');
    fixture.clock.forward(7 * 86_400_000);
    expect(await codeOf(identity.readInvitation(call(), tokenIn(third.link.reveal())))).toBe(
      'invitation_invalid',
    );
    const { items: open } = await identity.listInvitations(owner.opened.call, PAGE);
    expect(open.map(({ id }) => id)).not.toContain(third.invitation.id);
    const refused = await fixture.rows(
      `select from audit_records where event = 'identity.invitation_refused'`,
    );
    expect(refused).toHaveLength(7);
    owner = await identity.signIn(call(), { email: 'ada@example.com', password: PASSWORD });
    const again = await identity.signIn(call(), { email: admin.email, password: PASSWORD });
    admin = { ...again, email: admin.email, id: admin.id };
  });

  it('I10 reach no higher than the one who invites', async () => {
    expect(await codeOf(invite(admin, 'y@example.com', 'owner'))).toBe('role_above_own');
    expect(await codeOf(invite(admin, 'y@example.com', 'admin'))).toBe('none');
    const high = await invite(owner, 'z@example.com', 'owner');
    expect(await codeOf(identity.withdrawInvitation(admin.opened.call, high.invitation.id))).toBe(
      'role_above_own',
    );
  });

  it('is taken up by the address that it names at the end', async () => {
    const { hasher, proven, goOn } = await holdingHasher();
    const slow = await fixture.node(hasher);
    const { id } = await identity.createOrganization(owner.opened.call, { name: 'Third' });
    const there = await identity.switchOrganization(owner.opened.call, { organizationId: id });
    const { invitation, link } = await invite(there, admin.email);
    const taken = codeOf(
      slow.acceptInvitation(call(), { token: tokenIn(link.reveal()), password: PASSWORD }),
    );
    await proven;
    await fixture.rows(`update invitations set email = 'another@example.com' where id = $1`, [invitation.id]);
    goOn();
    expect(await taken).toBe('invitation_invalid');
    owner = await identity.switchOrganization(there.opened.call, {
      organizationId: owner.me.organization.id,
    });
  });

  it('of two that make one person at once, one does, and the other then asks for their password', async () => {
    const { id } = await identity.createOrganization(owner.opened.call, { name: 'Fourth' });
    const here = await invite(owner, 'twice@example.com');
    const there = await identity.switchOrganization(owner.opened.call, { organizationId: id });
    const links = [here, await invite(there, 'twice@example.com')].map(({ link }) => tokenIn(link.reveal()));
    // On a node each, since one node judges one password of a person at a time.
    const nodes = [identity, await fixture.node()];
    const waiting = () =>
      fixture
        .rows(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
        .then((waits) => waits.length);
    const accept = (on: Identity, token: string) =>
      codeOf(on.acceptInvitation(call(), { token, name: 'Twice', password: PASSWORD }));
    const outcomes = await asAdmin(fixture.database.ownerUrl, async (client) => {
      await client.query('begin; lock table people in share mode');
      const both = Promise.all(nodes.map((node, i) => accept(node, links[i]!)));
      await expect.poll(waiting, { timeout: 15_000 }).toBe(2);
      await client.query('rollback');
      return both;
    });
    expect(outcomes.toSorted()).toEqual(['none', 'sign_in_failed']);
    expect(await accept(identity, links[outcomes.indexOf('sign_in_failed')]!)).toBe('none');
    owner = await identity.switchOrganization(there.opened.call, {
      organizationId: owner.me.organization.id,
    });
  });

  it('a known person joins by their own password only, and then belongs to both', async () => {
    const { id } = await identity.createOrganization(owner.opened.call, { name: 'Other' });
    const there = await identity.switchOrganization(owner.opened.call, { organizationId: id });
    const { link } = await identity.invite(there.opened.call, {
      email: admin.email,
      role: 'member',
      groups: [],
    });
    const token = tokenIn(link.reveal());
    expect((await identity.readInvitation(call(), token)).accountExists).toBe(true);
    const accept = (password: string) =>
      identity.acceptInvitation(call(), { token, name: 'Somebody Else', password });
    expect(await codeOf(accept('their new password no'))).toBe('sign_in_failed');
    const joined = await accept(PASSWORD);
    expect(joined.me.person).toMatchObject({ id: admin.id, name: admin.me.person.name });
    expect(joined.me.organizations.map((o) => [o.name, o.role])).toEqual([
      ['Acme', 'admin'],
      ['Other', 'member'],
    ]);
    owner = await identity.switchOrganization(there.opened.call, {
      organizationId: owner.me.organization.id,
    });
  });
});

describe('people', () => {
  it('I10 an admin neither makes nor touches an owner; nobody turns themselves off', async () => {
    const change = (by: SignedIn, id: string, what: object) =>
      codeOf(identity.changePerson(by.opened.call, id, what));
    const member = await fixture.join({ identity, owner }, 'member');
    expect(await change(admin, member.id, { role: 'owner' })).toBe('role_above_own');
    expect(await change(admin, admin.id, { role: 'owner' })).toBe('role_above_own');
    expect(await change(admin, owner.me.person.id, { role: 'member' })).toBe('role_above_own');
    expect(await change(admin, owner.me.person.id, { disabled: true })).toBe('role_above_own');
    expect(await change(admin, owner.me.person.id, { groups: [] })).toBe('role_above_own');
    expect(await codeOf(identity.revokePersonSessions(admin.opened.call, owner.me.person.id))).toBe(
      'role_above_own',
    );
    expect(await change(admin, admin.id, { disabled: true })).toBe('self_disable');
    expect(await change(admin, member.id, { role: 'admin', attributes: { region: 'north' } })).toBe('none');
  });

  it('I11 the last owner stays, though two owners leave at the same moment', async () => {
    const change = (id: string, what: object) => codeOf(identity.changePerson(owner.opened.call, id, what));
    expect(await change(owner.me.person.id, { role: 'member' })).toBe('last_owner');
    const second = await fixture.join({ identity, owner }, 'owner');
    await identity.changePerson(owner.opened.call, second.id, { disabled: true });
    expect(await change(owner.me.person.id, { role: 'admin' })).toBe('last_owner');
    await identity.changePerson(owner.opened.call, second.id, { disabled: false });
    const both = await Promise.all([
      change(owner.me.person.id, { role: 'admin' }),
      codeOf(identity.changePerson(second.opened.call, second.id, { role: 'admin' })),
    ]);
    expect([...both].sort()).toEqual(['last_owner', 'none']);
    expect(
      await fixture.rows(`select count(*)::int as n from memberships m join organizations o on o.id = m.organization_id
        where o.name = 'Acme' and m.role = 'owner' and m.disabled_at is null`),
    ).toEqual([{ n: 1 }]);
    if (both[0] === 'none')
      await identity.changePerson(second.opened.call, owner.me.person.id, { role: 'owner' });
  });

  it('I10 of two who take each other’s role at once, one keeps theirs', async () => {
    const [one, other] = [
      await fixture.join({ identity, owner }, 'admin'),
      await fixture.join({ identity, owner }, 'admin'),
    ];
    const take = (by: SignedIn, from: { readonly id: PersonId }) =>
      codeOf(identity.changePerson(by.opened.call, from.id, { role: 'member' }));
    const taken = await Promise.all([take(one, other), take(other, one)]);
    expect([...taken].sort()).toEqual(['none', 'role_above_own']);
    // Whoever kept theirs has it no more once they are turned off, also with a request that was admitted before.
    const [kept, lost] = taken[0] === 'none' ? [one, other] : [other, one];
    await identity.changePerson(owner.opened.call, kept.id, { disabled: true });
    expect(await take(kept, lost)).toBe('role_above_own');
  });

  it('another organization’s people, sessions and invitations are unknown here', async () => {
    const other = await fixture.rows<{ id: OrganizationId }>(
      `select id from organizations where name = 'Other'`,
    );
    const there = other[0]!.id;
    const signedIn = await identity.signIn(call(), { email: 'ada@example.com', password: PASSWORD });
    const ada =
      signedIn.opened.call.actor.organizationId === there
        ? signedIn
        : await identity.switchOrganization(signedIn.opened.call, { organizationId: there });
    const stranger = (await identity.listPeople(admin.opened.call, PAGE)).items.find(
      (p) => p.email === 'new@example.com',
    )!;
    for (const id of [stranger.id, newId<PersonId>()]) {
      expect(await codeOf(identity.changePerson(ada.opened.call, id, { groups: [] }))).toBe(
        'person_not_found',
      );
      expect(await codeOf(identity.listPersonSessions(ada.opened.call, id))).toBe('person_not_found');
      expect(await codeOf(identity.revokePersonSessions(ada.opened.call, id))).toBe('person_not_found');
      expect(await codeOf(identity.actorOf(there, id as PersonId))).toBe('person_not_found');
    }
    const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id).sort();
    const ofEach = await Promise.all(
      (await identity.listPeople(ada.opened.call, PAGE)).items.map(({ id }) =>
        identity.listPersonSessions(ada.opened.call, id),
      ),
    );
    const sessions = await identity.listOrganizationSessions(ada.opened.call, PAGE);
    expect(sessions.next).toBeNull();
    expect(idsOf(sessions.items)).toEqual(idsOf(ofEach.flat()));
    const here = await identity.listOrganizationSessions(admin.opened.call, PAGE);
    expect(idsOf(here.items).filter((id) => idsOf(sessions.items).includes(id))).toEqual([]);
    const names = await identity.names(there, [stranger.id as PersonId, ada.opened.actor.personId]);
    expect([...names.values()]).toEqual([{ name: 'Ada', email: 'ada@example.com' }]);
    expect(await codeOf(identity.switchOrganization(admin.opened.call, { organizationId: newId() }))).toBe(
      'organization_not_found',
    );
  });

  it('very many sessions come in pages, newest first, each once though it is used meanwhile', async () => {
    await fixture.rows(
      `insert into sessions (id, organization_id, person_id, kind, token_hash, epoch, device, address, expires_at, last_seen_at)
       select gen_random_uuid(), organization_id, person_id, 'session', sha256(n::text::bytea), epoch, 'one of many', address,
         expires_at, last_seen_at - n * interval '1 ms'
       from sessions, generate_series(1, 450) as n where id = $1`,
      [admin.opened.actor.sessionId],
    );
    const ids: string[] = [];
    const sizes: number[] = [];
    for (let cursor: string | undefined, last = false; !last; ) {
      const { items, next } = await identity.listOrganizationSessions(admin.opened.call, { ...PAGE, cursor });
      sizes.push(items.length);
      ids.push(...items.map(({ id }) => id));
      await fixture.rows(`update sessions set last_seen_at = now() where id = $1`, [ids[0]]);
      last = next === null;
      cursor = next ?? undefined;
    }
    expect(sizes.slice(0, 2)).toEqual([200, 200]);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    const all = await fixture.rows<{ id: string }>(`select id from sessions where device = 'one of many'`);
    expect(ids).toEqual(expect.arrayContaining([...all.map(({ id }) => id), admin.opened.actor.sessionId]));
    await fixture.rows(`delete from sessions where device = 'one of many'`);
  });

  it('switching ends the session left behind, keeps its end, and refuses a token', async () => {
    const here = await identity.signIn(call(), { email: admin.email, password: PASSWORD });
    const target = here.me.organizations.find((o) => o.id !== here.me.organization.id)!;
    const { token } = await identity.createToken(here.opened.call, { label: 'ci', days: 3 });
    const found = await identity.authenticate({ kind: 'token', token: token.reveal() }, '::1');
    const byToken = { ...here.opened.call, actor: found!.actor };
    expect(await codeOf(identity.switchOrganization(byToken, { organizationId: target.id }))).toBe(
      'session_required',
    );
    const turn = (off: boolean) =>
      fixture.rows(
        `update memberships set disabled_at = ${off ? 'now()' : 'null'} where organization_id = $1 and person_id = $2`,
        [target.id, admin.id],
      );
    await turn(true);
    expect(await codeOf(identity.switchOrganization(here.opened.call, { organizationId: target.id }))).toBe(
      'organization_not_found',
    );
    await turn(false);
    fixture.clock.forward(3_600_000);
    const there = await identity.switchOrganization(here.opened.call, { organizationId: target.id });
    expect(there.me.organization.id).toBe(target.id);
    expect(there.opened.seconds).toBeLessThanOrEqual(14 * 86_400 - 3_600);
    expect(
      await identity.authenticate({ kind: 'session', token: here.opened.token.reveal() }, '::1'),
    ).toBeUndefined();
  });

  it('who is turned off in one organization signs in to another of theirs', async () => {
    const others = () =>
      fixture.rows(`select last_organization_id from people where id <> $1 order by id`, [admin.id]);
    const before = await others();
    const here = await identity.signIn(call(), { email: admin.email, password: PASSWORD });
    const other = here.me.organizations.find(({ id }) => id !== here.me.organization.id)!;
    const disable = (what: 'now()' | 'null') =>
      fixture.rows(
        `update memberships set disabled_at = ${what} where organization_id = $1 and person_id = $2`,
        [here.me.organization.id, admin.id],
      );
    await disable('now()');
    const again = await identity.signIn(call(), { email: admin.email, password: PASSWORD });
    expect(again.me.organization.id).toBe(other.id);
    await disable('null');
    const last = await identity.signIn(call(), { email: admin.email, password: PASSWORD });
    expect(last.me.organization.id, 'where they were last').toBe(other.id);
    expect(await others()).toEqual(before);
    await identity.switchOrganization(last.opened.call, { organizationId: here.me.organization.id });
  });

  it('of many switches of one session at once one is made, and the others are answered as by a session that ended', async () => {
    const here = await identity.signIn(call(), { email: admin.email, password: PASSWORD });
    const target = here.me.organizations.find((o) => o.id !== here.me.organization.id)!;
    const codes = await Promise.all(
      Array.from({ length: 16 }, () =>
        codeOf(identity.switchOrganization(here.opened.call, { organizationId: target.id })),
      ),
    );
    expect(codes.sort()).toEqual(['none', ...Array(15).fill('sign_in_required')]);
  });

  it('a token made by a token ends no later than it', async () => {
    const here = await identity.signIn(call(), { email: admin.email, password: PASSWORD });
    const first = await identity.createToken(here.opened.call, { label: 'one', days: 1 });
    const found = await identity.authenticate({ kind: 'token', token: first.token.reveal() }, '::1');
    const second = await identity.createToken(
      { ...here.opened.call, actor: found!.actor },
      { label: 'two', days: 365 },
    );
    expect(second.expiresAt.getTime()).toBe(first.expiresAt.getTime());
    const [row] = await fixture.rows<{ event: string }>(
      `select event from audit_records where event = 'identity.token_created' limit 1`,
    );
    expect(row?.event).toBe('identity.token_created');
  });

  it('I6 a token made by a token ends with it, and so do those that it made', async () => {
    const here = await identity.signIn(call(), { email: admin.email, password: PASSWORD });
    const actorBy = async (made: { token: { reveal(): string } }) =>
      (await identity.authenticate({ kind: 'token', token: made.token.reveal() }, '::1'))?.actor;
    const madeBy = async (maker: Awaited<ReturnType<typeof identity.createToken>>, label: string) =>
      identity.createToken({ ...here.opened.call, actor: (await actorBy(maker))! }, { label, days: 1 });
    const [stolen, other] = [
      await identity.createToken(here.opened.call, { label: 'stolen', days: 1 }),
      await identity.createToken(here.opened.call, { label: 'other', days: 1 }),
    ];
    const child = await madeBy(stolen, 'child');
    const grandchild = await madeBy(child, 'grandchild');
    const maker = (await actorBy(grandchild))!;
    await identity.revokeMySession(here.opened.call, stolen.id);
    await vi.waitFor(async () => expect(await actorBy(grandchild)).toBeUndefined());
    expect(await actorBy(child)).toBeUndefined();
    expect(await actorBy(other)).toBeDefined();
    expect(
      await codeOf(identity.createToken({ ...here.opened.call, actor: maker }, { label: 'late', days: 1 })),
    ).toBe('session_not_found');
  });

  it('I6 a token that changes the password stays, though the one that made it ends', async () => {
    const member = await fixture.join({ identity, owner }, 'member');
    const actorBy = async (made: { token: { reveal(): string } }) =>
      (await identity.authenticate({ kind: 'token', token: made.token.reveal() }, '::1'))?.actor;
    const maker = await identity.createToken(member.opened.call, { label: 'maker', days: 1 });
    const by = async (made: typeof maker) => ({ ...member.opened.call, actor: (await actorBy(made))! });
    const made = await identity.createToken(await by(maker), { label: 'made', days: 1 });
    await identity.changePassword(await by(made), {
      current: PASSWORD,
      next: 'eleven quiet rivers under glass',
    });
    await vi.waitFor(async () => expect(await actorBy(maker)).toBeUndefined());
    expect(await actorBy(made)).toBeDefined();
  });
});
