import { type ConnectionSettings, type Credential, RestSettings } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import { assertCredential } from './assert-credential.ts';

const api = (baseUrl: string): ConnectionSettings => RestSettings.parse({ engine: 'rest', baseUrl });
const place = (more: object, baseUrl = 'https://api.example.com'): string | undefined => {
  try {
    const key = { kind: 'api-key', in: 'header', name: 'X-Key', value: 'k', ...more } as Credential;
    assertCredential(api(baseUrl), key);
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
  it.each([
    'Host',
    'host',
    'Content-Length',
    'Transfer-Encoding',
    'Connection',
    'X-HTTP-Method',
    'X Y:',
    'a\r\nb',
    'é',
  ])('%j is none', (name) => expect(place({ name })).toBe('credential.name'));
  it('a value of several lines is none', () =>
    expect(place({ value: 'k\r\nHost: x' })).toBe('credential.value'));
  it('in a query any name is one', () => expect(place({ in: 'query', name: 'host' })).toBeUndefined());
  it('a token is one line', () => {
    expect(place({ kind: 'bearer', token: 'abc' })).toBeUndefined();
    expect(place({ kind: 'bearer', token: 'abc\n' })).toBe('credential.token');
  });
  // The test of such a source said that its request had a part that HTTP does not allow.
  it.each(['abc\u200b', '“abc”', 'abc…'])('a token or a key pasted as %j is told at its field', (pasted) => {
    expect(place({ kind: 'bearer', token: pasted })).toBe('credential.token');
    expect(place({ value: pasted })).toBe('credential.value');
  });
  it('a token has no word before it, which is sent anyway', () => {
    expect(place({ kind: 'bearer', token: 'Bearer abc' })).toBe('credential.token');
    expect(place({ name: 'Authorization', value: 'Bearer abc' })).toBeUndefined();
  });
});

describe('S5 a client’s secret leaves no less protected than what it is for', () => {
  it.each([
    ['https://api.example.com', 'https://id.example.com/token', undefined],
    ['http://10.0.0.5', 'http://10.0.0.6/token', undefined],
    ['http://10.0.0.5', 'https://id.example.com/token', undefined],
    ['https://api.example.com', 'http://id.example.com/token', 'credential.tokenUrl'],
    ['https://api.example.com', 'https://client:secret@id.example.com/token', 'credential.tokenUrl'],
  ])('%s with tokens of %s: %s', (baseUrl, tokenUrl, refused) =>
    expect(
      place({ kind: 'oauth2-client-credentials', tokenUrl, clientId: 'a', clientSecret: 'b' }, baseUrl),
    ).toBe(refused),
  );
});
