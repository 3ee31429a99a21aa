import { Secret as OtpSecret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  call,
  holdingHasher,
  type IdentityFixture,
  identityFixture,
  PASSWORD,
} from '../../../test/identity.ts';
import { asAdmin } from '../../../test/postgres-server.ts';
import type { Call } from '../../kernel/call.ts';
import { INSTALLATION, type OrganizationId } from '../../kernel/ids.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Identity, SignedIn } from './door.ts';
import { everywhere } from './looked-after.ts';
import type { Standing } from './password-resets.store.ts';

const NEXT = 'eleven quiet harbours glisten';
const HOUR = 3_600_000;
let fixture: IdentityFixture;
let identity: Identity;
let owner: SignedIn;

beforeAll(async () => {
  fixture = await identityFixture();
  identity = await fixture.node();
  owner = await fixture.setUp(identity);
});
afterAll(() => fixture?.close());

const join = (role: 'owner' | 'admin' | 'builder' | 'member', by: SignedIn = owner) =>
  fixture.join({ identity, owner: by }, role);
const newTotpCode = (secret: string, timestamp: number) =>
  TOTP.generate({ secret: OtpSecret.fromBase32(secret), timestamp });
const tokenOf = (link: Secret) => new URL(link.reveal()).searchParams.get('token') ?? '';
const issue = async (by: SignedIn, id: string) =>
  tokenOf((await identity.issuePasswordReset(by.opened.call, id)).link);
const reset = (token: string, password = NEXT) => identity.resetPassword(call(), { token, password });
const signIn = (email: string, password: string, secondFactor?: string) =>
  identity.signIn(call(), { email, password, secondFactor });
const records = (event: string, person: string) =>
  fixture.rows<{ organization_id: string; outcome: string; leaf: string; opening: string | null }>(
    'select organization_id, outcome, leaf, opening from audit_records where event = $1 and target_id = $2 order by id',
    [event, person],
  );
/** Another organization, and its maker acting there. */
async function organizationOf(maker: SignedIn, name: string): Promise<SignedIn> {
  const { id } = await identity.createOrganization(maker.opened.call, { name });
  return identity.switchOrganization(maker.opened.call, { organizationId: id });
}
/** A known person joins the organization of `by`. */
async function joins(email: string, role: 'owner' | 'admin' | 'member', by: SignedIn, password = PASSWORD) {
  const { link } = await identity.invite(by.opened.call, { email, role, groups: [] });
  return identity.acceptInvitation(call(), { token: tokenOf(link), password });
}
async function enrol(who: SignedIn): Promise<string> {
  const { secret } = await identity.beginSecondFactor(who.opened.call, { password: PASSWORD });
  await identity.confirmSecondFactor(who.opened.call, {
    code: newTotpCode(secret.reveal(), fixture.clock.now()),
  });
  fixture.clock.forward(31_000);
  return secret.reveal();
}

describe('a link that is open', () => {
  const read = (by: SignedIn, id: string) => identity.readOpenPasswordReset(by.opened.call, id);
  const withdraw = (by: SignedIn, id: string) => identity.withdrawPasswordReset(by.opened.call, id);

  it('I12 is told of without the link, and withdrawn, which is on the record', async () => {
    const bo = await join('member');
    const admin = await join('admin');
    expect(await read(owner, bo.id)).toBeNull();
    const token = await issue(owner, bo.id);
    const open = await read(admin, bo.id);
    expect(open).toEqual({
      issuedBy: 'Ada',
      createdAt: new Date(fixture.clock.now()).toISOString(),
      expiresAt: new Date(fixture.clock.now() + 24 * HOUR).toISOString(),
    });
    expect(JSON.stringify(open)).not.toContain(token);
    await withdraw(admin, bo.id);
    await expect(reset(token)).rejects.toMatchObject({ code: 'reset_link_invalid' });
    await signIn(bo.email, PASSWORD);
    expect(await read(owner, bo.id)).toBeNull();
    await expect(withdraw(owner, bo.id)).rejects.toMatchObject({ code: 'reset_link_absent' });
    expect(await records('identity.password_reset_withdrawn', bo.id)).toHaveLength(1);
  });

  it('I12 is one, of however many that are made at once, and no other person’s', async () => {
    const [bo, cy] = [await join('member'), await join('member')];
    const theirs = await issue(owner, cy.id);
    const tokens = await Promise.all([1, 2, 3, 4].map(() => issue(owner, bo.id)));
    const codeOf = (token: string) =>
      identity.readPasswordReset(call(), token).then(
        () => 'open',
        (error: { code: string }) => error.code,
      );
    const codes = await Promise.all(tokens.map(codeOf));
    expect(codes.filter((code) => code === 'open')).toHaveLength(1);
    await reset(tokens[codes.indexOf('open')] ?? '');
    await withdraw(owner, cy.id);
    expect(await codeOf(theirs)).toBe('reset_link_invalid');
    const last = await issue(owner, cy.id);
    await issue(owner, bo.id);
    await withdraw(owner, bo.id);
    expect(await codeOf(last)).toBe('open');
  });

  it('I12 is neither told of nor withdrawn by those who could not make it', async () => {
    const [bo, admin, other] = [await join('owner'), await join('admin'), await join('member')];
    const token = await issue(owner, bo.id);
    const foreign = await organizationOf(owner, 'Elsewhere');
    for (const [by, code] of [
      [admin, 'role_above_own'],
      [bo, 'reset_own'],
      [foreign, 'person_not_found'],
    ] as const)
      await expect(withdraw(by, bo.id), code).rejects.toMatchObject({ code });
    expect([await read(admin, bo.id), await read(bo, bo.id)]).toEqual([null, null]);
    await expect(read(foreign, bo.id)).rejects.toMatchObject({ code: 'person_not_found' });
    await expect(read(owner, other.id)).resolves.toBeNull();
    await reset(token);
    expect(await read(owner, bo.id), 'a used link is not open').toBeNull();
  });

  it('I12 is not told of when it ran out, or was voided by a change of the password', async () => {
    const bo = await join('member');
    await issue(owner, bo.id);
    await identity.changePassword(bo.opened.call, { current: PASSWORD, next: NEXT });
    expect(await read(owner, bo.id)).toBeNull();
    await issue(owner, bo.id);
    fixture.clock.forward(24 * HOUR + 1);
    expect(await read(owner, bo.id)).toBeNull();
    await expect(withdraw(owner, bo.id)).rejects.toMatchObject({ code: 'reset_link_absent' });
  });
});

describe('a link to a new password', () => {
  it('I12 sets the password once, ends every session and token, and is on the record', async () => {
    const bo = await join('member');
    await identity.createToken(bo.opened.call, { label: 'long', days: 9 });
    const token = await issue(owner, bo.id);
    expect(await identity.readPasswordReset(call(), token)).toEqual({
      email: bo.email,
      name: bo.me.person.name,
    });
    await reset(token);
    await expect(signIn(bo.email, PASSWORD)).rejects.toMatchObject({ code: 'sign_in_failed' });
    await signIn(bo.email, NEXT);
    const kept = await fixture.rows('select 1 from sessions where person_id = $1', [bo.id]);
    expect(kept).toHaveLength(1);
    const session = { kind: 'session', token: bo.opened.token.reveal() } as const;
    expect(await identity.authenticate(session, '203.0.113.7')).toBeUndefined();
    const [issued] = await records('identity.password_reset_issued', bo.id);
    expect(JSON.parse(issued!.leaf)).toMatchObject({
      actor: { kind: 'person', id: owner.me.person.id },
      data: { hours: 24 },
    });
    const [used] = await records('identity.password_reset', bo.id);
    expect(JSON.parse(used!.leaf)).toMatchObject({ actor: { kind: 'anonymous' }, data: { sessions: 2 } });
    // Kept as its hash alone.
    const stored = JSON.stringify(await fixture.rows('select * from password_resets'));
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(Buffer.from(token).toString('hex'));
  });

  it('I12 unknown, used, expired, superseded, void: the same answer, and each is on the record', async () => {
    const before = (await refusals()).length;
    const seen: string[] = [];
    const attempt = async (token: string) => {
      for (const work of [() => reset(token), () => identity.readPasswordReset(call(), token)]) {
        const { code, row, extra } = await work().then(
          () => ({ code: 'none' }) as never,
          (error) => error,
        );
        seen.push(JSON.stringify({ code, row, extra }));
      }
    };
    // Each while it would be good but for that.
    const bo = await join('member');
    const superseded = await issue(owner, bo.id);
    const used = await issue(owner, bo.id);
    await attempt(superseded);
    await reset(used);
    // A new password voids it too: as if it had not.
    await fixture.rows('update password_resets r set epoch = p.epoch from people p where p.id = r.person_id');
    await attempt(used);
    const changed = await issue(owner, bo.id);
    const again = await signIn(bo.email, NEXT);
    await identity.changePassword(again.opened.call, { current: NEXT, next: PASSWORD });
    await attempt(changed);
    const off = await join('member');
    const turnedOff = await issue(owner, off.id);
    await identity.changePerson(owner.opened.call, off.id, { disabled: true });
    await attempt(turnedOff);
    const late = await join('member');
    const expired = await issue(owner, late.id);
    fixture.clock.forward(24 * HOUR + 1);
    await attempt(expired);
    await attempt('x'.repeat(43));
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toContain('reset_link_invalid');
    expect((await refusals()).length - before).toBe(12);
    await signIn(bo.email, PASSWORD);
  });
  const refusals = () =>
    fixture.rows(
      `select 1 from audit_records where event = 'identity.password_reset_refused' and organization_id = $1`,
      [INSTALLATION],
    );

  it('I12 who proved the old password before it was set does not come in after', async () => {
    const { hasher, proven, goOn } = await holdingHasher();
    const slow = await fixture.node(hasher);
    const bo = await join('member');
    const token = await issue(owner, bo.id);
    const late = slow.signIn(call(), { email: bo.email, password: PASSWORD });
    const refused = expect(late).rejects.toMatchObject({ code: 'sign_in_failed' });
    await proven;
    await reset(token);
    goOn();
    await refused;
  });

  it('I12 of two who hold it at once, one sets the password', { timeout: 40_000 }, async () => {
    const bo = await join('member');
    const token = await issue(owner, bo.id);
    const words = ['seven brown kettles whistle', 'nine grey lanterns wander'];
    // On a node each, since one node judges one password of a person at a time. Both are let in by the link before either
    // is done, and meet where one waits for the other.
    const nodes = [identity, await fixture.node()];
    const done = await asAdmin(fixture.database.ownerUrl, async (client) => {
      await client.query('begin');
      await client.query('select from people where id = $1 for update', [bo.id]);
      const all = Promise.allSettled(
        nodes.map((node, i) => node.resetPassword(call(), { token, password: words[i]! })),
      );
      const waiting = async () =>
        (
          await fixture.rows(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          )
        ).length;
      await expect.poll(waiting, { timeout: 20_000 }).toBeGreaterThan(1);
      await client.query('commit');
      return all;
    });
    const won = done.flatMap((one, i) => (one.status === 'fulfilled' ? [words[i]!] : []));
    expect(won).toHaveLength(1);
    await signIn(bo.email, won[0]!);
  });

  it('I1 holds for it, and a refused password does not use it up', async () => {
    const bo = await join('member');
    const token = await issue(owner, bo.id);
    for (const weak of ['short', 'password1234', bo.email, 'Acme Acme Acme'])
      await expect(reset(token, weak)).rejects.toMatchObject({ code: 'password_weak' });
    await reset(token);
  });

  it('I3 guesses are slowed down by address; a good link costs nothing', async () => {
    const bo = await join('member');
    const token = await issue(owner, bo.id);
    const from = call('198.51.100.9');
    for (let i = 0; i < 40; i++) await identity.readPasswordReset(from, token);
    const codes = [];
    for (let i = 0; i < 33; i++)
      codes.push(
        await identity
          .resetPassword(call('198.51.100.9'), {
            token: `guess-${i}-of-a-link-that-nobody-made`,
            password: NEXT,
          })
          .catch((error) => error.code),
      );
    expect(codes.slice(0, 30)).toEqual(Array(30).fill('reset_link_invalid'));
    expect(codes.at(-1)).toBe('sign_in_throttled');
    await reset(token);
  });

  it('I3 forgets the failures of the one who forgot the password', async () => {
    const bo = await join('member');
    for (let i = 0; i < 7; i++) await signIn(bo.email, 'not it at all').catch(() => undefined);
    await expect(signIn(bo.email, PASSWORD)).rejects.toMatchObject({ code: 'sign_in_throttled' });
    await reset(await issue(owner, bo.id));
    await signIn(bo.email, NEXT);
  });

  it('I12 leaves the second factor on: the new password alone does not open', async () => {
    const bo = await join('member');
    const secret = await enrol(bo);
    await reset(await issue(owner, bo.id));
    await expect(signIn(bo.email, NEXT)).rejects.toMatchObject({ code: 'second_factor_required' });
    await signIn(bo.email, NEXT, newTotpCode(secret, fixture.clock.now()));
  });
});

describe('who may', () => {
  it('I12 an admin resets members, builders and admins, and no owner; an owner resets an owner', async () => {
    const [admin, peer, other, builder] = [
      await join('admin'),
      await join('admin'),
      await join('owner'),
      await join('builder'),
    ];
    for (const id of [peer.id, builder.id]) await issue(admin, id);
    await expect(issue(admin, other.id)).rejects.toMatchObject({ code: 'role_above_own' });
    await expect(identity.resetSecondFactor(admin.opened.call, other.id)).rejects.toMatchObject({
      code: 'role_above_own',
    });
    await issue(owner, other.id);
    expect(await records('identity.password_reset_issued', other.id)).toHaveLength(1);
  });

  it('I12 nobody for themselves, nobody by an API token, nobody for whom is turned off or unknown', async () => {
    const [admin, off] = [await join('admin'), await join('member')];
    await expect(issue(admin, admin.id)).rejects.toMatchObject({ code: 'reset_own' });
    await identity.changePerson(owner.opened.call, off.id, { disabled: true });
    await expect(issue(admin, off.id)).rejects.toMatchObject({ code: 'person_turned_off' });
    const byToken: Call = {
      ...owner.opened.call,
      actor: { ...owner.opened.call.actor, via: 'token' },
    };
    await expect(identity.issuePasswordReset(byToken, off.id)).rejects.toMatchObject({
      code: 'session_required',
    });
    const unknown = '018f0000-0000-7000-8000-00000000abcd';
    await expect(issue(admin, unknown)).rejects.toMatchObject({ code: 'person_not_found' });
  });

  it('I12 another organization’s person is as unknown as nobody', async () => {
    const elsewhere = await organizationOf(await join('member'), 'Elsewhere');
    const theirs = await join('member', elsewhere);
    for (const attempt of [
      () => issue(owner, theirs.id),
      () => identity.resetSecondFactor(owner.opened.call, theirs.id),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'person_not_found' });
    await expect(issue(elsewhere, owner.me.person.id)).rejects.toMatchObject({ code: 'person_not_found' });
  });

  it('I12 whoever belongs to another organization too is nobody’s to take over, turned off there or not', async () => {
    const bo = await join('member');
    const second = await organizationOf(await join('member'), 'Second');
    const before = await issue(owner, bo.id);
    await joins(bo.email, 'member', second);
    const attempts = [
      () => issue(owner, bo.id),
      () => issue(second, bo.id),
      () => identity.resetSecondFactor(owner.opened.call, bo.id),
    ];
    for (const attempt of attempts)
      await expect(attempt()).rejects.toMatchObject({ code: 'reset_elsewhere' });
    // A link made before is void with it.
    await expect(reset(before)).rejects.toMatchObject({ code: 'reset_link_invalid' });
    await identity.changePerson(second.opened.call, bo.id, { disabled: true });
    for (const attempt of attempts.slice(0, 1))
      await expect(attempt()).rejects.toMatchObject({ code: 'reset_elsewhere' });
    await signIn(bo.email, PASSWORD);
  });

  it('I12 who looks after the person in all of them may, and each log tells; lost in one, the link is void', async () => {
    const maker = await join('owner');
    const bo = await join('member');
    const mine = await organizationOf(maker, 'Mine');
    await joins(bo.email, 'member', mine);
    const back = await signIn(maker.email, PASSWORD);
    const by = { ...maker, opened: { ...maker.opened, call: back.opened.call } };
    const token = await issue(by, bo.id);
    const told = await records('identity.password_reset_issued', bo.id);
    expect(new Set(told.map((one) => one.organization_id)).size).toBe(2);
    await identity.changePerson(owner.opened.call, maker.id, { role: 'member' });
    await expect(reset(token)).rejects.toMatchObject({ code: 'reset_link_invalid' });
    await identity.changePerson(owner.opened.call, maker.id, { role: 'admin' });
    await reset(token);
    expect((await records('identity.password_reset', bo.id)).length).toBe(2);
  });

  it('I12 is void while whoever made it is turned off', async () => {
    const maker = await join('admin');
    const bo = await join('member');
    const token = await issue(maker, bo.id);
    await identity.changePerson(owner.opened.call, maker.id, { disabled: true });
    await expect(reset(token)).rejects.toMatchObject({ code: 'reset_link_invalid' });
    await identity.changePerson(owner.opened.call, maker.id, { disabled: false });
    await reset(token);
  });

  it('I12 twin: with the caller’s own organization alone looked at, the takeover would be let through', () => {
    const standing = (n: number, other: Standing['other']): Standing => ({
      organizationId: `o${n}` as OrganizationId,
      role: 'member',
      disabled: false,
      other,
    });
    const both = [standing(1, 'admin'), standing(2, null)];
    expect(everywhere(both)).toBe(false);
    expect(everywhere(both.slice(0, 1))).toBe(true);
    expect(everywhere([])).toBe(false);
    expect(everywhere([standing(1, 'admin'), standing(2, 'builder')])).toBe(false);
    expect(everywhere([{ ...standing(1, 'admin'), role: 'owner' }])).toBe(false);
  });
});

describe('a lost second factor', () => {
  it('I12 is taken off: sessions end, the person is told until there is one again, an open link stays good', async () => {
    const bo = await join('member');
    await enrol(bo);
    const token = await issue(owner, bo.id);
    await identity.resetSecondFactor(owner.opened.call, bo.id);
    const session = { kind: 'session', token: bo.opened.token.reveal() } as const;
    expect(await identity.authenticate(session, '203.0.113.7')).toBeUndefined();
    const { me, opened } = await signIn(bo.email, PASSWORD);
    expect(me).toMatchObject({ secondFactor: false });
    expect(me.secondFactorResetAt).not.toBeNull();
    await reset(token);
    const { opened: anew } = await signIn(bo.email, NEXT);
    const { secret } = await identity.beginSecondFactor(anew.call, { password: NEXT });
    await identity.confirmSecondFactor(anew.call, {
      code: newTotpCode(secret.reveal(), fixture.clock.now()),
    });
    expect(await identity.me(anew.call)).toMatchObject({ secondFactor: true, secondFactorResetAt: null });
    expect(opened.token.reveal()).not.toBe('');
    const [told] = await records('identity.second_factor_reset', bo.id);
    expect(JSON.parse(told!.leaf)).toMatchObject({ actor: { id: owner.me.person.id } });
  });

  it('I12 brings no link back that a change of the password has voided', async () => {
    const bo = await join('member');
    await enrol(bo);
    const token = await issue(owner, bo.id);
    await identity.changePassword(bo.opened.call, { current: PASSWORD, next: NEXT });
    await identity.resetSecondFactor(owner.opened.call, bo.id);
    await expect(reset(token)).rejects.toMatchObject({ code: 'reset_link_invalid' });
  });

  it('I12 is refused where there is none', async () => {
    const bo = await join('member');
    await expect(identity.resetSecondFactor(owner.opened.call, bo.id)).rejects.toMatchObject({
      code: 'second_factor_absent',
    });
  });
});
