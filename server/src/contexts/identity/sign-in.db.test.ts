import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  call,
  codeOf,
  holdingHasher,
  type IdentityFixture,
  identityFixture,
  PASSWORD,
} from '../../../test/identity.ts';
import { asAdmin } from '../../../test/postgres-server.ts';
import { INSTALLATION } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { Identity, SignedIn } from './index.ts';
import { createPasswordHasher } from './password-hash.ts';
import { chargeKey, clearKey } from './throttle.store.ts';
import { ACCOUNT_RULE } from './throttle.ts';

const email = 'ada@example.com';
let fixture: IdentityFixture;
let identity: Identity;
let owner: SignedIn;

beforeAll(async () => {
  fixture = await identityFixture();
  identity = await fixture.node();
});
afterAll(() => fixture?.close());

describe('set-up', () => {
  const person = { organization: 'Acme', name: 'Ada', email, password: PASSWORD };

  it('I9 refuses a wrong token, and an old one once a new start made another', async () => {
    expect(await codeOf(identity.completeSetup(call(), { token: 'x'.repeat(43), ...person }))).toBe(
      'setup_link_invalid',
    );
    const old = await identity.setupToken();
    await identity.setupToken();
    expect(await codeOf(identity.completeSetup(call(), { token: old!.reveal(), ...person }))).toBe(
      'setup_link_invalid',
    );
    expect(await identity.isSetupNeeded()).toBe(true);
    expect(
      await fixture.rows(`select organization_id from audit_records where event = 'identity.setup_refused'`),
    ).toEqual([{ organization_id: INSTALLATION }, { organization_id: INSTALLATION }]);
  });

  it('I1 takes no weak password, which does not use the link up', async () => {
    const token = (await identity.setupToken())!.reveal();
    const weak = identity.completeSetup(call(), { token, ...person, password: 'password123456' });
    expect(await codeOf(weak)).toBe('password_weak');
    expect(await identity.isSetupNeeded()).toBe(true);
  });

  it('I9 of eight who complete it at once, one becomes the owner', { timeout: 40_000 }, async () => {
    const token = (await identity.setupToken())!.reveal();
    // All are let in by the link before any of them is done, and meet where one waits for another.
    const tries = await asAdmin(fixture.database.ownerUrl, async (client) => {
      await client.query('begin');
      await client.query('select from setup for update');
      const all = Promise.allSettled(
        Array.from({ length: 8 }, (_, i) =>
          identity.completeSetup(call(), { token, ...person, email: `ada${i || ''}@example.com` }),
        ),
      );
      // On another connection: within a transaction this view stands still.
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
    const won = tries.filter((t) => t.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const lost of tries.filter((t) => t.status === 'rejected'))
      expect(lost.reason.code).toBe('setup_done');
    expect(await fixture.rows('select role from memberships')).toEqual([{ role: 'owner' }]);
    expect(await identity.setupToken()).toBeNull();
    expect(await identity.isSetupNeeded()).toBe(false);
    // Whatever became of the row.
    await fixture.rows('update setup set completed_at = null');
    expect(await identity.setupToken()).toBeNull();
    expect(await identity.isSetupNeeded()).toBe(false);
    await fixture.rows('update setup set completed_at = now()');
    owner = won[0]!.value;
    expect(owner.me.role).toBe('owner');
    if (owner.me.person.email !== email) await fixture.rows('update people set email = $1', [email]);
    const [record] = await fixture.rows<{ leaf: string }>(
      `select leaf from audit_records where event = 'identity.owner_created'`,
    );
    expect(JSON.parse(record!.leaf).actor.id).toBe(owner.opened.actor.personId);
  });
});

describe('sign-in', () => {
  const signIn = (given: Partial<Parameters<Identity['signIn']>[1]>, from = '198.51.100.1') =>
    identity.signIn(call(from), { email, password: PASSWORD, ...given });

  it('I4 keeps neither password nor token, and answers with the person', async () => {
    const { opened, me } = await signIn({});
    expect(me.person.email).toBe(email);
    const found = await identity.authenticate({ kind: 'session', token: opened.token.reveal() }, '::1');
    expect(found?.actor.personId).toBe(me.person.id);
    expect(found?.csrfToken).toBe(me.csrfToken);
    const everything = await fixture.rows<{ t: string }>(
      `select row_to_json(s)::text as t from sessions s union all select row_to_json(c)::text from credentials c
       union all select row_to_json(a)::text from audit_records a`,
    );
    const text = everything.map((row) => row.t).join();
    expect(text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    for (const secret of [PASSWORD, opened.token.reveal()]) expect(text).not.toContain(secret);
  });

  it('I2 the answer is the same for a wrong password and an unknown person; each is on the record', async () => {
    const wrong = await signIn({ password: 'not it at all' }).catch((e) => e);
    const unknown = await signIn({ email: 'nobody@example.com' }).catch((e) => e);
    expect([wrong.code, wrong.row, wrong.extra, wrong.detail]).toEqual([
      unknown.code,
      unknown.row,
      unknown.extra,
      unknown.detail,
    ]);
    expect(wrong.code).toBe('sign_in_failed');
    const records = await fixture.rows<{ organization_id: string; leaf: string }>(
      `select organization_id, leaf from audit_records where event = 'identity.sign_in_refused' order by id`,
    );
    expect(records.map((r) => [r.organization_id, JSON.parse(r.leaf).data.reason])).toEqual([
      [owner.me.organization.id, 'password'],
      [INSTALLATION, 'unknown'],
    ]);
  });

  // Processor time of this process, hashing threads included: unlike the clock, it does not depend on who else runs.
  const costRatio = async (node: Identity) => {
    const cost = async (who: string, i: number) => {
      fixture.clock.forward(3_600_000);
      const began = process.cpuUsage();
      const given = { email: who, password: 'not it at all' };
      expect(await codeOf(node.signIn(call(`10.1.${i}.1`), given))).toBe('sign_in_failed');
      const { user, system } = process.cpuUsage(began);
      return user + system;
    };
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let i = 0; i < 6; i++) {
      known.push(await cost(email, i));
      unknown.push(await cost('nobody@example.com', i));
    }
    fixture.clock.forward(2 * 86_400_000);
    return Math.min(...known) / Math.min(...unknown);
  };

  it('I2 an unknown person costs as much as a wrong password', async () => {
    const ratio = await costRatio(identity);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  it('I2 twin: without a hash for unknown people it would show', async () => {
    const hasher = await createPasswordHasher();
    const hasty = await fixture.node({
      ...hasher,
      verify: async (hash, password) => hash !== null && (await hasher.verify(hash, password)),
    });
    expect(await costRatio(hasty)).toBeGreaterThan(1.6);
  });

  it('I3 the sixth failure makes the account wait longer and longer, from wherever, also on another node', async () => {
    const victim = 'victim@example.com';
    const attempt = (i: number, on = identity) =>
      on.signIn(call(`192.0.2.${i}`), { email: victim, password: 'wrong wrong wrong' }).catch((e) => e);
    for (let i = 0; i < 6; i++) expect((await attempt(i)).code).toBe('sign_in_failed');
    const first = await attempt(7);
    expect(first.code).toBe('sign_in_throttled');
    expect(first.row.status).toBe(429);
    expect(first.extra.retryAfter).toBeLessThanOrEqual(2);
    const other = await fixture.node();
    expect((await attempt(8, other)).code).toBe('sign_in_throttled');
    fixture.clock.forward(2_100);
    expect((await attempt(9, other)).code).toBe('sign_in_failed');
    expect((await attempt(10, other)).extra.retryAfter).toBeGreaterThan(2);
  });

  it('U1 who goes on trying while throttled is on the record, once a minute and address', async () => {
    const attempt = () =>
      codeOf(
        identity.signIn(call('203.0.113.99'), {
          email: 'u1@example.com',
          password: 'wrong wrong wrong',
        }),
      );
    for (let i = 0; i < 6; i++) expect(await attempt()).toBe('sign_in_failed');
    for (let i = 0; i < 5; i++) expect(await attempt()).toBe('sign_in_throttled');
    const records = await fixture.rows<{ outcome: string; opening: string }>(
      `select outcome, opening from audit_records where event = 'identity.sign_in_throttled'`,
    );
    const own = records.filter((record) => record.opening.includes('u1@example.com'));
    expect(own).toHaveLength(1);
    expect(own[0]?.outcome).toBe('refused');
    fixture.clock.forward(2 * 86_400_000);
  });

  it('I3 a hundred guesses at once are not a hundred guesses', async () => {
    const codes = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        codeOf(
          identity.signIn(call(`192.0.2.${i}`), { email: 'race@example.com', password: 'wrong wrong wrong' }),
        ),
      ),
    );
    expect(codes.filter((c) => c !== 'sign_in_throttled').length).toBe(6);
  });

  it('I3 an address that tries many accounts waits too', async () => {
    const attempt = (i: number) =>
      codeOf(
        identity.signIn(call('2001:db8::1'), {
          email: `many${i}@example.com`,
          password: 'wrong wrong wrong',
        }),
      );
    for (let i = 0; i < 31; i++) {
      // An account of one's own there forgives nothing of what is tried with others'.
      if (i === 20) expect(await codeOf(signIn({}, '2001:db8::1'))).toBe('none');
      expect(await attempt(i)).toBe('sign_in_failed');
    }
    expect(await attempt(32)).toBe('sign_in_throttled');
    const neighbour = identity.signIn(call('2001:db8::ffff'), { email, password: PASSWORD });
    expect(await codeOf(neighbour)).toBe('sign_in_throttled');
    expect(await codeOf(signIn({}, '2001:db8:0:1::1'))).toBe('none');
  });

  it('I3 strangers cannot lock a person out of an address where they signed in before', async () => {
    await signIn({}, '198.51.100.77');
    for (let i = 0; i < 7; i++) await codeOf(signIn({ password: 'wrong wrong wrong' }, `192.0.2.${100 + i}`));
    expect(await codeOf(signIn({}, '192.0.2.200'))).toBe('sign_in_throttled');
    expect(await codeOf(signIn({}, '198.51.100.77'))).toBe('none');
    fixture.clock.forward(2 * 86_400_000);
  });

  it('I3 the right password forgets the failures before it', async () => {
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) await codeOf(signIn({ password: 'wrong wrong wrong' }, '198.51.100.80'));
      expect(await codeOf(signIn({}, '198.51.100.80'))).toBe('none');
    }
  });

  it('I3 an attempt is counted though a success forgets the failures at that moment', async () => {
    const { db } = fixture.database;
    const key = { key: 'account of the race', rule: ACCOUNT_RULE };
    const charged = (tx: Tx) => chargeKey(tx, key, fixture.clock.now());
    await db.system('a test', charged);
    await db.system('a test', (tx) =>
      charged({
        ...tx,
        one: async (query) => {
          await db.system('a test', (other) => clearKey(other, key));
          return tx.one(query);
        },
      }),
    );
    expect(await fixture.rows('select failures from sign_in_throttle where key = $1', [key.key])).toEqual([
      { failures: 1 },
    ]);
  });

  it('a flood of hashes is refused, not queued without end', async () => {
    const codes = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        codeOf(identity.signIn(call(`10.9.${i}.1`), { email: `flood${i}@example.com`, password: 'wrong' })),
      ),
    );
    expect(new Set(codes)).toEqual(new Set(['sign_in_failed', 'sign_in_busy']));
  });
});

describe('the password', () => {
  it('I6 a change ends every other session and token, also one that signs in at that moment', async () => {
    const mine = await identity.signIn(call(), { email, password: PASSWORD });
    const other = await identity.signIn(call(), { email, password: PASSWORD });
    const token = await identity.createToken(other.opened.call, { label: 'ci', days: 3 });
    const next = 'eleven quiet rivers under glass';
    const racing = Array.from({ length: 5 }, () =>
      identity.signIn(call(), { email, password: PASSWORD }).catch(() => undefined),
    );
    await identity.changePassword(mine.opened.call, { current: PASSWORD, next });
    const raced = (await Promise.all(racing)).filter((r) => r !== undefined);
    const alive = async (kind: 'session' | 'token', value: string) =>
      (await identity.authenticate({ kind, token: value }, '::1')) !== undefined;
    expect(await alive('session', mine.opened.token.reveal())).toBe(true);
    expect(await alive('session', other.opened.token.reveal())).toBe(false);
    expect(await alive('token', token.token.reveal())).toBe(false);
    for (const r of raced) expect(await alive('session', r.opened.token.reveal())).toBe(false);
    expect(await codeOf(identity.signIn(call(), { email, password: PASSWORD }))).toBe('sign_in_failed');
    expect(await codeOf(identity.signIn(call(), { email, password: next }))).toBe('none');
  });

  it('I6 who proved the password before it was changed does not come in after', async () => {
    const { hasher, proven, goOn } = await holdingHasher();
    const slow = await fixture.node(hasher);
    const [was, next] = ['eleven quiet rivers under glass', 'twelve loud rivers over stone'];
    const { opened } = await identity.signIn(call(), { email, password: was });
    const late = codeOf(slow.signIn(call(), { email, password: was }));
    await proven;
    await identity.changePassword(opened.call, { current: was, next });
    goOn();
    expect(await late).toBe('sign_in_failed');
    await identity.changePassword(opened.call, { current: next, next: was });
  });

  it('I6 of two changes at once the second, which proved what is no more, is refused', async () => {
    const { hasher, proven, goOn } = await holdingHasher();
    const slow = await fixture.node(hasher);
    const [was, next] = ['eleven quiet rivers under glass', 'twelve loud rivers over stone'];
    const { opened } = await identity.signIn(call(), { email, password: was });
    const late = codeOf(slow.changePassword(opened.call, { current: was, next: 'nine slow rivers in snow' }));
    await proven;
    await identity.changePassword(opened.call, { current: was, next });
    goOn();
    expect(await late).toBe('password_wrong');
    await identity.changePassword(opened.call, { current: next, next: was });
  });

  it('I3 guessing it from a stolen session is throttled like a sign-in', async () => {
    const { opened } = await identity.signIn(call(), { email, password: 'eleven quiet rivers under glass' });
    const codes: string[] = [];
    for (let i = 0; i < 8; i++)
      codes.push(
        await codeOf(identity.changePassword(opened.call, { current: `guess ${i}`, next: PASSWORD })),
      );
    expect(codes[0]).toBe('password_wrong');
    expect(codes.at(-1)).toBe('sign_in_throttled');
    fixture.clock.forward(2 * 86_400_000);
  });

  it.each([
    ['short', 'at least'],
    ['password123456', 'common'],
    ['ada@example.com!!', 'email'],
    ['qwertyuiop12', 'common'],
    ['the Acme door 93 zebra', 'organization'],
  ])('I1 %j is refused with a reason', async (next, reason) => {
    const { opened } = await identity.signIn(call(), { email, password: 'eleven quiet rivers under glass' });
    const refusal = await identity
      .changePassword(opened.call, { current: 'eleven quiet rivers under glass', next })
      .catch((e) => e);
    expect(refusal.code).toBe('password_weak');
    expect(refusal.places[0]).toMatchObject({ path: 'next' });
    expect(refusal.places[0].message).toContain(reason);
  });
});
