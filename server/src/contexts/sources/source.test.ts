import { expect, it } from 'vitest';
import { credentialUser } from './source.ts';

it('S1 a key that an API takes as the user is shown to nobody', () => {
  const shown = (password: string) => credentialUser({ kind: 'basic', user: 'sk_live_canary', password });
  expect([shown(''), shown('X')]).toEqual([null, null]);
  expect(shown('open sesame')).toBe('sk_live_canary');
});
