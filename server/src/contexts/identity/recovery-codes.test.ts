import { expect, it } from 'vitest';
import { newRecoveryCodes, readRecoveryCode } from './recovery-codes.ts';
import { looksLikeTotp } from './totp.ts';

it('ten codes, all different, each read back in any writing, none like a six-digit code', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) {
    const plain = code.replace('-', '');
    expect(readRecoveryCode(code)).toBe(plain);
    expect(readRecoveryCode(` ${plain.toLowerCase()} `)).toBe(plain);
    expect(looksLikeTotp(code)).toBe(false);
  }
});

it('letters that look like digits are read as digits; anything else is no code', () => {
  expect(readRecoveryCode('OILoi-00000')).toBe('0110100000');
  for (const bad of ['', '12345', 'UUUUU-UUUUU', '7KQ2M-9FTX', '7KQ2M-9FTX44', '7KQ2M-9FTX\u0000'])
    expect(readRecoveryCode(bad)).toBeUndefined();
});
