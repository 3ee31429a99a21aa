import { describe, expect, it } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import { assertCredential } from './assert-credential.ts';

const place = (more: object): string | undefined => {
  try {
    assertCredential('rest', { kind: 'api-key', in: 'header', name: 'X-Key', value: 'k', ...more });
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.places[0]?.path;
  }
};

describe('S7 a key adds nothing to a request but itself', () => {
  it.each(['X-Key', 'Authorization', 'Cookie', 'apikey'])('%s is a header for a key', (name) =>
    expect(place({ name })).toBeUndefined(),
  );
  it.each(['Host', 'host', 'Content-Length', 'Transfer-Encoding', 'Connection', 'X Y:', 'a\r\nb', 'é'])(
    '%j is none',
    (name) => expect(place({ name })).toBe('credential.name'),
  );
  it('a value of several lines is none', () =>
    expect(place({ value: 'k\r\nHost: x' })).toBe('credential.value'));
  it('in a query any name is one', () => expect(place({ in: 'query', name: 'host' })).toBeUndefined());
});
