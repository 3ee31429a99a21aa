import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from '../src/kernel/secret.ts';

const secret = new Secret('canary');

test('a secret gives its value to who asks for it by name', () => {
  expect(secret.reveal()).toBe('canary');
});

test('a secret cannot become text', () => {
  expect(() => `${secret}`).toThrow(TypeError);
  expect(() => String(secret)).toThrow(TypeError);
  expect(() => `a ${[secret].join()}`).toThrow(TypeError);
  expect(() => secret.toString()).toThrow(TypeError);
  expect(() => (secret as unknown as string) + '').toThrow(TypeError);
});

test('a secret cannot be serialised, also within something else', () => {
  for (const holder of [secret, [secret], { deep: { secret } }])
    expect(() => JSON.stringify(holder)).toThrow(TypeError);
});

test('a secret is not seen by looking at it, and not copied with what holds it', () => {
  const looks = [
    inspect(secret, { showHidden: true, depth: 9 }),
    inspect({ secret }, { depth: 9 }),
    format('%s %o %O', { secret }, secret, secret),
    JSON.stringify(structuredClone(secret)),
    JSON.stringify({ ...secret }),
    JSON.stringify(Object.getOwnPropertyDescriptors(secret)),
  ];
  for (const seen of looks) expect(seen).not.toContain('canary');
});
