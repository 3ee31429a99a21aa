import { expect, it } from 'vitest';
import { Secret } from '../../kernel/secret.ts';
import { createPasswordRules } from './password-rules.ts';

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
