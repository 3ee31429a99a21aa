import { Secret as OtpSecret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, codeOf, type IdentityFixture, identityFixture, PASSWORD } from '../../../test/identity.ts';
import type { Identity, SignedIn } from './index.ts';

const email = 'ada@example.com';
let fixture: IdentityFixture;
let identity: Identity;
let owner: SignedIn;
let secret: string;
let recoveryCodes: string[];

const totp = (shift = 0) =>
  TOTP.generate({ secret: OtpSecret.fromBase32(secret), timestamp: fixture.clock.now() + shift * 30_000 });
const nextStep = () => fixture.clock.forward(60_000);
const signIn = (secondFactor?: string, from = '198.51.100.1') =>
  identity.signIn(call(from), { email, password: PASSWORD, secondFactor });

beforeAll(async () => {
  fixture = await identityFixture();
  identity = await fixture.node();
  owner = await fixture.setUp(identity);
});
afterAll(() => fixture?.close());

describe('second factor', () => {
  it('begins only with the password, and counts only once confirmed', async () => {
    const me = owner.opened.call;
    expect(await codeOf(identity.confirmSecondFactor(me, { code: '123456' }))).toBe('second_factor_absent');
    expect(await codeOf(identity.beginSecondFactor(me, { password: 'wrong' }))).toBe('password_wrong');
    await identity.beginSecondFactor(me, { password: PASSWORD });
    const begun = await identity.beginSecondFactor(me, { password: PASSWORD });
    secret = begun.secret.reveal();
    expect(begun.uri).toContain('otpauth://totp/Sallyport:ada%40example.com?');
    expect(await codeOf(signIn())).toBe('none');
    const guesses: string[] = [];
    for (let i = 0; i < 7; i++)
      guesses.push(await codeOf(identity.confirmSecondFactor(me, { code: `00000${i}` })));
    expect(guesses[0]).toBe('first_code_wrong');
    expect(guesses.at(-1)).toBe('sign_in_throttled');
    fixture.clock.forward(60_000);
    recoveryCodes = [...(await identity.confirmSecondFactor(me, { code: totp() }))];
    expect(recoveryCodes).toHaveLength(10);
    expect(await fixture.rows(`select from sign_in_throttle where key like 'confirm %'`)).toEqual([]);
    expect(recoveryCodes[0]).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    expect(await codeOf(identity.beginSecondFactor(me, { password: PASSWORD }))).toBe('second_factor_exists');
    // Else a session and one code would be enough for ten more recovery codes.
    expect(await codeOf(identity.confirmSecondFactor(me, { code: totp(1) }))).toBe('second_factor_exists');
    const [row] = await fixture.rows<{ t: string }>(
      `select string_agg(row_to_json(c)::text, '') as t from credentials c`,
    );
    expect(row!.t).not.toContain(secret);
  });

  it('is asked for after the right password only, and asking costs no attempt', async () => {
    expect(await codeOf(identity.signIn(call(), { email, password: 'wrong wrong' }))).toBe('sign_in_failed');
    for (let i = 0; i < 12; i++) expect(await codeOf(signIn())).toBe('second_factor_required');
  });

  it('is asked for by an invitation too', async () => {
    const inviter = await fixture.join({ identity, owner }, 'owner');
    const { id } = await identity.createOrganization(inviter.opened.call, { name: 'Other' });
    const there = await identity.switchOrganization(inviter.opened.call, { organizationId: id });
    const { link } = await identity.invite(there.opened.call, { email, role: 'member', groups: [] });
    const token = new URL(link.reveal()).searchParams.get('token') ?? '';
    const accept = (secondFactor?: string) =>
      codeOf(identity.acceptInvitation(call(), { token, password: PASSWORD, secondFactor }));
    expect(await accept()).toBe('second_factor_required');
    expect(await accept('000000')).toBe('sign_in_failed');
    nextStep();
    expect(await accept(totp())).toBe('none');
  });

  it('I8 the code that turned it on does not sign in', async () => {
    expect(await codeOf(signIn(totp()))).toBe('sign_in_failed');
    nextStep();
  });

  it('I8 a code works once, though used eight times at the same moment', async () => {
    const code = totp();
    const codes = await Promise.all(Array.from({ length: 4 }, () => codeOf(signIn(code))));
    expect(codes.filter((c) => c === 'none')).toHaveLength(1);
    nextStep();
    expect(await codeOf(signIn(`${totp().slice(0, 3)} ${totp().slice(3)}`))).toBe('none');
    expect(await codeOf(signIn(totp(-1)))).toBe('sign_in_failed');
    fixture.clock.forward(86_400_000);
  });

  it('I8 a recovery code works once, though used at the same moment, in any writing', async () => {
    const code = recoveryCodes[0]!;
    const codes = await Promise.all(
      [code, code.toLowerCase(), code.replace('-', '')].map((c) => codeOf(signIn(c))),
    );
    expect(codes.filter((c) => c === 'none')).toHaveLength(1);
    expect(await codeOf(signIn(code))).toBe('sign_in_failed');
    expect(await codeOf(signIn(recoveryCodes[1]))).toBe('none');
    fixture.clock.forward(86_400_000);
  });

  it('I3 guessing it is throttled, and asking for it in between changes nothing', async () => {
    const codes: string[] = [];
    for (let i = 0; i < 8; i++) {
      codes.push(await codeOf(signIn('111111', '192.0.2.9')));
      codes.push(await codeOf(signIn(undefined, '192.0.2.9')));
    }
    expect(codes.filter((c) => c === 'sign_in_failed')).toHaveLength(6);
    expect(codes.at(-1)).toBe('sign_in_throttled');
    const records = await fixture.rows<{ leaf: string }>(
      `select leaf from audit_records where event = 'identity.sign_in_refused'`,
    );
    expect(records.some((r) => JSON.parse(r.leaf).data.reason === 'second_factor')).toBe(true);
    fixture.clock.forward(86_400_000);
  });

  it('a sealed secret that was tampered with lets nobody in', async () => {
    await fixture.rows(
      `update credentials set sealed = overlay(sealed placing 'AAAA' from 60) where kind = 'totp'`,
    );
    expect(await codeOf(signIn(totp()))).toBe('sealed_value_damaged');
  });

  it('I6 taking it off needs both proofs and ends every other session', async () => {
    const mine = await signIn(recoveryCodes[2]);
    const other = await signIn(recoveryCodes[3]);
    const remove = (password: string, code: string) =>
      codeOf(identity.removeSecondFactor(mine.opened.call, { password, code }));
    expect(await remove('wrong', recoveryCodes[4]!)).toBe('password_wrong');
    expect(await remove(PASSWORD, '000000')).not.toBe('none');
    expect(await remove(PASSWORD, recoveryCodes[3]!)).toBe('code_wrong');
    expect(await remove(PASSWORD, recoveryCodes[5]!)).toBe('none');
    const alive = async ({ opened }: SignedIn) =>
      (await identity.authenticate({ kind: 'session', token: opened.token.reveal() }, '::1')) !== undefined;
    expect([await alive(mine), await alive(other)]).toEqual([true, false]);
    expect(await codeOf(signIn())).toBe('none');
    expect(await fixture.rows('select * from recovery_codes')).toEqual([]);
    expect(await remove(PASSWORD, '000000')).toBe('second_factor_absent');
  });
});

it('I8 turning a second factor on or off is for that person alone', async () => {
  const [one, other] = [
    await fixture.join({ identity, owner }, 'member'),
    await fixture.join({ identity, owner }, 'member'),
  ];
  const codeFor = (of: string) =>
    TOTP.generate({ secret: OtpSecret.fromBase32(of), timestamp: fixture.clock.now() });
  const enrol = async ({ opened }: SignedIn) => {
    const begun = (await identity.beginSecondFactor(opened.call, { password: PASSWORD })).secret.reveal();
    const codes = await identity.confirmSecondFactor(opened.call, { code: codeFor(begun) });
    nextStep();
    return { begun, codes };
  };
  const comesIn = (who: { readonly email: string }, secondFactor?: string) =>
    codeOf(identity.signIn(call(), { email: who.email, password: PASSWORD, secondFactor }));
  const ones = await enrol(one);
  expect(await comesIn(one)).toBe('second_factor_required');
  expect(await comesIn(other)).toBe('none');
  const others = await enrol(other);
  await identity.removeSecondFactor(one.opened.call, { password: PASSWORD, code: codeFor(ones.begun) });
  expect(await comesIn(one)).toBe('none');
  expect(await comesIn(other)).toBe('second_factor_required');
  expect(await comesIn(other, codeFor(others.begun))).toBe('none');
  expect(await comesIn(other, others.codes[0])).toBe('none');
});
