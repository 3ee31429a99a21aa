import { type ConnectionSettings, contract } from '@sallyport/contract';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import { assertSettings } from './assert-settings.ts';

const settings = (given: unknown): ConnectionSettings =>
  contract.sources.setSourceEnvironment.body!.parse({ settings: given }).settings;
const postgres = (more: object) =>
  settings({ engine: 'postgres', host: 'db.example', database: 'd', ...more });
const rest = (more: object) => settings({ engine: 'rest', baseUrl: 'https://api.example.com/v2', ...more });
const place = (given: ConnectionSettings): string | undefined => {
  try {
    assertSettings(given);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.places[0]?.path;
  }
};

describe('S7 settings hold an address and nothing secret', () => {
  it.each([
    'db.internal',
    'localhost',
    '10.0.0.5',
    '::1',
    '[::1]',
    'my_db',
    'bücher.example',
    'a',
    'db.example.',
  ])('%s is a host', (host) => expect(place(postgres({ host }))).toBeUndefined());

  it.each([
    'postgres://db.example',
    'user:pw@db.example',
    'db.example:5432',
    'db.example/other',
    '/var/run/postgresql',
    'db example',
    'db\nexample',
    '-db',
  ])('%j is not', (host) => expect(place(postgres({ host }))).toBe('settings.host'));

  it('a base address holds no user, query or fragment', () => {
    for (const baseUrl of [
      'https://user:canary@api.example.com',
      'https://canary@api.example.com/',
      'https://api.example.com/?key=canary',
      'https://api.example.com/#x',
    ])
      expect(place(rest({ baseUrl })), baseUrl).toBe('settings.baseUrl');
    expect(place(rest({}))).toBeUndefined();
  });

  it('a header of the settings holds no credential, breaks out of nothing and makes no write of a read', () => {
    const header = (name: string, value = 'x') => place(rest({ headers: [{ name, value }] }));
    for (const name of ['Authorization', 'cookie', 'Host', 'Content-Length', 'X Y', 'X:'])
      expect(header(name), name).toBe('settings.headers.0.name');
    for (const name of ['X-HTTP-Method-Override', 'x-http-method', 'X-Method-Override'])
      expect(header(name, 'DELETE'), name).toBe('settings.headers.0.name');
    for (const value of ['a\r\nX-B: c', 'a\u0085', '漢'])
      expect(header('X-A', value), value).toBe('settings.headers.0.value');
    expect(header('X-A', 'Größe')).toBeUndefined();
    expect(header('X-Tenant', 'acme')).toBeUndefined();
  });

  it('an authority is a certificate, and a test path a path', () => {
    expect(place(postgres({ ca: 'nonsense' }))).toBe('settings.ca');
    expect(place(rest({ ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }))).toBe(
      'settings.ca',
    );
    expect(place(postgres({ ca: '' }))).toBeUndefined();
    expect(place(rest({ testPath: 'health' }))).toBe('settings.testPath');
  });
});
