import { expect, it } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { createPasswordHasher } from './password-hash.ts';
import { createPasswordRules, plainlyWeak } from './password-rules.ts';

it.each([
  ['nine-char', 'at least 10'],
  ['xx ada.byron@example.com', 'email'],
  ['xx ADA.BYRON xx', 'email'],
  ['xx lovelace xx', 'your name'],
  ['xx Harbor xx', 'the organization'],
])('I1 %j is weak: it says %s', (password, reason) => {
  const owner = { email: 'ada.byron@example.com', name: 'Ada Lovelace', organization: 'Harbor Supply' };
  expect(plainlyWeak(password, owner)).toContain(reason);
  expect(plainlyWeak('correct-horse-battery-71', owner)).toBeUndefined();
});

it.each(['January2026!', 'Пароль123456'])('I1 %j is made of what is tried first', async (password) => {
  const judged = createPasswordRules().assertStrong(
    new Secret(password),
    { email: 'ada@example.com', name: 'N', organization: 'O' },
    'password',
  );
  await expect(judged).rejects.toMatchObject({ code: 'password_weak' });
});

it('I1 one person has one password judged at a time, and others are served meanwhile', async () => {
  const rules = createPasswordRules();
  const judge = (email: string) =>
    rules.assertStrong(
      new Secret('correct-horse-battery-71'),
      { email, name: 'N', organization: 'O' },
      'password',
    );
  const flood = Array.from({ length: 40 }, () =>
    judge('ada@example.com').then(
      () => 'judged',
      (e) => e.code,
    ),
  );
  const other = judge('ben@example.com');
  expect(await Promise.all(flood)).toEqual(['judged', ...Array(39).fill('sign_in_busy')]);
  await other;
  await judge('ada@example.com');
});

it('I2 of somebody without a password none is right, not even the one that stands in for the time it takes', async () => {
  const hasher = await createPasswordHasher();
  expect(await hasher.verify(null, new Secret('nobody has this password'))).toBe(false);
});
