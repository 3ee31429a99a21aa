import { Secret as OtpSecret, TOTP } from 'otpauth';
import { expect, it } from 'vitest';
import { acceptedStep, newTotpSecret } from './totp.ts';

const secret = newTotpSecret();
const STEP = 30_000;
const now = 59_000_000 * STEP + 15_000;
const codeAt = (timestamp: number) =>
  TOTP.generate({ secret: OtpSecret.fromBase32(secret.reveal()), timestamp });

it.each([-1, 0, 1])('a code of %i steps from now is of its own step', (steps) => {
  expect(acceptedStep(secret, codeAt(now + steps * STEP), now, null)).toBe(59_000_000 + steps);
});

it.each([-20, -2, 2, 20])('I8 a code of %i steps from now is none', (steps) => {
  expect(acceptedStep(secret, codeAt(now + steps * STEP), now, null)).toBeUndefined();
});

it('I8 neither the code of the last step that was used, nor of one before it', () => {
  const [before, current, after] = [-1, 0, 1].map((steps) => codeAt(now + steps * STEP)) as [
    string,
    string,
    string,
  ];
  expect(acceptedStep(secret, current, now, 59_000_000)).toBeUndefined();
  expect(acceptedStep(secret, before, now, 59_000_000)).toBeUndefined();
  expect(acceptedStep(secret, after, now, 59_000_000)).toBe(59_000_001);
});
