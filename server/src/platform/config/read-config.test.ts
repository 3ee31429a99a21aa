import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { testCertificate } from '../../../test/tls-authority.ts';
import { baseUrl, type Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { certificateDoubt } from './exposure.ts';
import { readConfig } from './read-config.ts';

const read = (env: Record<string, string>): Config => readConfig(env, '/project');
function problems(env: Record<string, string>): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
const remote = 'postgres://owner:pa%20ss@db.example.com/sallyport';
const directory = mkdtempSync(join(tmpdir(), 'sallyport-config-'));
const certificate = testCertificate(directory);
const tls = { SALLYPORT_TLS_CERT: certificate.certFile, SALLYPORT_TLS_KEY: certificate.keyFile };
const whole = readFileSync(certificate.certFile, 'utf8');
writeFileSync(join(directory, 'cut.pem'), `${whole.trimEnd()}\n${whole.slice(0, 100)}`);
const open = { SALLYPORT_LISTEN: '0.0.0.0:443', SALLYPORT_BASE_URL: 'https://sallyport.example.com' };

test('nothing set: loopback, embedded database, data in the project', () => {
  const config = read({ PATH: '/bin' });
  expect(config).toMatchObject({
    dataDirectory: '/project/.data',
    listen: { host: '127.0.0.1', port: 4400, loopback: true },
    database: { kind: 'embedded' },
    tls: null,
    egress: { allow: [], deny: [], loopback: 'auto', onlyThisMachine: true },
    logLevel: 'info',
  });
  expect(baseUrl(config, 4400).origin).toBe('http://127.0.0.1:4400');
  expect(baseUrl(read({ SALLYPORT_LISTEN: '[::1]:0' }), 5123).origin).toBe('http://[::1]:5123');
});

test('what was read is taken out of the environment, secrets first of all', () => {
  const env = {
    DATABASE_URL: remote,
    SALLYPORT_ROOT_KEY: 'k'.repeat(44),
    SALLYPORT_LOG_LEVEL: 'warn',
    PATH: '/bin',
  };
  const config = readConfig(env, '/project');
  expect(env).toEqual({ PATH: '/bin' });
  expect(inspect(config, { depth: 9 })).not.toMatch(/pa ss|pa%20ss|kkkk/);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['an unknown name', { SALLYPORT_LISTNE: '1' }, /SALLYPORT_LISTNE is not a setting/],
  ['an empty value', { SALLYPORT_LOG_LEVEL: ' ' }, /set but empty.*Give debug, info/],
  ['a level that is none', { SALLYPORT_LOG_LEVEL: 'loud' }, /not one of the allowed values/],
  ['a name to listen on', { SALLYPORT_LISTEN: 'example.com:80' }, /an address of this machine/],
  ['a number for an address', { SALLYPORT_LISTEN: '2130706433:80' }, /an address of this machine/],
  [
    'a port past the last',
    { SALLYPORT_LISTEN: '127.0.0.1:70000' },
    /the last port is 65535\. Give address:port \(/,
  ],
  ['plain HTTP for other machines', { ...open }, /plain HTTP would show passwords/],
  [
    'no base URL for other machines',
    { ...tls, SALLYPORT_LISTEN: '0.0.0.0:443' },
    /SALLYPORT_BASE_URL is not set/,
  ],
  ['a base URL with a path', { SALLYPORT_BASE_URL: 'https://example.com/tools' }, /must end after the host/],
  ['a base URL with a password', { SALLYPORT_BASE_URL: 'https://me:x@example.com' }, /must not hold a user/],
  ['a plain base URL for other machines', { SALLYPORT_BASE_URL: 'http://example.com' }, /this machine only/],
  ['https that nobody serves', { SALLYPORT_BASE_URL: 'https://example.com' }, /nothing serves TLS/],
  ['a script as base URL', { SALLYPORT_BASE_URL: 'javascript:alert(1)' }, /not an http or https/],
  [
    'a proxy that is not named',
    { ...open, SALLYPORT_BEHIND_TLS_PROXY: 'yes' },
    /does not say which addresses/,
  ],
  [
    'no base URL behind a proxy',
    { SALLYPORT_BEHIND_TLS_PROXY: 'yes', SALLYPORT_TRUSTED_PROXIES: '127.0.0.1' },
    /SALLYPORT_BASE_URL is not set/,
  ],
  [
    'a proxy and a certificate',
    { ...open, ...tls, SALLYPORT_BEHIND_TLS_PROXY: 'yes', SALLYPORT_TRUSTED_PROXIES: '127.0.0.1' },
    /exclude each other/,
  ],
  ['everybody as proxy', { SALLYPORT_TRUSTED_PROXIES: '0.0.0.0/0' }, /strangers name any address/],
  ['a wide network as proxy', { SALLYPORT_TRUSTED_PROXIES: '10.0.0.0/7' }, /strangers name any address/],
  ['a wide network of IPv6 as proxy', { SALLYPORT_TRUSTED_PROXIES: '2600::/12' }, /strangers name any/],
  ['more than the private IPv6 as proxy', { SALLYPORT_TRUSTED_PROXIES: 'fc00::/6' }, /strangers name any/],
  ['half a certificate', { SALLYPORT_TLS_CERT: certificate.certFile }, /go together/],
  ['a certificate that is not there', { ...open, ...tls, SALLYPORT_TLS_CERT: '/none' }, /cannot be read/],
  [
    'a key of another certificate',
    { ...open, ...tls, SALLYPORT_TLS_KEY: join(directory, 'ca.key') },
    /not the key of/,
  ],
  [
    'a chain that is cut',
    { ...open, ...tls, SALLYPORT_TLS_CERT: join(directory, 'cut.pem') },
    /whole with its chain/,
  ],
  ['a redirect without TLS', { SALLYPORT_HTTP_REDIRECT: '127.0.0.1:80' }, /goes with SALLYPORT_TLS_CERT/],
  ['a list of networks that names none', { SALLYPORT_EGRESS_ALLOW: ' , ' }, /names none/],
  ['a network that is none', { SALLYPORT_EGRESS_DENY: '10.0.0.0/8, ten' }, /“ten” is not a network/],
  ['a network not in full', { SALLYPORT_EGRESS_DENY: '10/8' }, /“10\/8” is not a network/],
  ['an address that begins in octal', { SALLYPORT_EGRESS_ALLOW: '010.0.0.1' }, /is not a network/],
  ['IPv4 in IPv6', { SALLYPORT_EGRESS_DENY: '::ffff:10.0.0.0/104' }, /write it as IPv4/],
  ['IPv4 in IPv6 by NAT64', { SALLYPORT_EGRESS_DENY: '64:ff9b::10.0.0.0/104' }, /write it as IPv4/],
  ['IPv4 in IPv6 by 6to4', { SALLYPORT_EGRESS_DENY: '2002:a00::/24' }, /write it as IPv4/],
  ['a database of another kind', { DATABASE_URL: 'mysql://a@b/c' }, /postgres:\/\/user/],
  ['a percent sign of its own', { DATABASE_URL: 'postgres://a:50%off@b/c' }, /write %25 for one/],
  ['no database in the address', { DATABASE_URL: 'postgres://a@b' }, /does not name a database/],
  ['no user in the address', { DATABASE_URL: 'postgres://b/c' }, /does not name a user/],
  ['TLS off to another machine', { DATABASE_URL: remote, SALLYPORT_DB_TLS: 'off' }, /not on this machine/],
  [
    'sslmode=require, which verifies nothing',
    { DATABASE_URL: `${remote}?sslmode=require` },
    /SALLYPORT_DB_TLS decides/,
  ],
  [
    'what the driver would read beside it',
    { DATABASE_URL: `${remote}?sslrootcert=/tmp/any.pem` },
    /only host and sslmode are read/,
  ],
  [
    'sslmode=disable to another machine',
    { DATABASE_URL: `${remote}?sslmode=disable` },
    /SALLYPORT_DB_TLS decides/,
  ],
  ['one role of two', { DATABASE_URL: remote, DATABASE_APP_URL: remote }, /go together/],
  [
    'roles that are the owner',
    { DATABASE_URL: remote, DATABASE_APP_URL: remote, DATABASE_SYSTEM_URL: remote },
    /three users/,
  ],
  [
    'roles of another database',
    {
      DATABASE_URL: remote,
      DATABASE_APP_URL: 'postgres://app@db.example.com/sallyport',
      DATABASE_SYSTEM_URL: 'postgres://system@db.example.com/other',
    },
    /the same database/,
  ],
  [
    'roles without an owner',
    { DATABASE_APP_URL: remote, DATABASE_SYSTEM_URL: remote },
    /go with DATABASE_URL/,
  ],
  [
    'an authority that is no certificate',
    { DATABASE_URL: remote, SALLYPORT_DB_CA: join(directory, 'ca.key') },
    /holds no certificate/,
  ],
  [
    'an authority that is not there',
    { DATABASE_URL: remote, SALLYPORT_DB_CA: '/none' },
    /SALLYPORT_DB_CA: \/none cannot be read/,
  ],
  ['a base URL with a question', { SALLYPORT_BASE_URL: 'https://example.com/?a' }, /must end after the host/],
  ['a base URL with a place', { SALLYPORT_BASE_URL: 'https://example.com/#a' }, /must end after the host/],
  ['plain HTTP over TLS', { ...open, ...tls, SALLYPORT_BASE_URL: 'http://localhost' }, /reached over TLS/],
  ['a rate that is no number', { SALLYPORT_PUBLIC_RATE: '1e3' }, /not a whole number/],
  ['a rate of nothing', { SALLYPORT_PUBLIC_RATE: '0' }, /not a whole number/],
  ['a wait without an end', { SALLYPORT_DRAIN_SECONDS: '86400' }, /not a whole number/],
  ['a short root key', { SALLYPORT_ROOT_KEY: 'secret' }, /too short/],
])('refuses %s', (_name, env, sentence) => {
  const found = problems(env);
  expect(found.join('\n')).toMatch(sentence);
  expect(found.join('\n')).not.toMatch(/pa ss|pa%20ss/);
});

test('what goes with an address of the database that was refused is not said to lack one', () => {
  expect(problems({ DATABASE_URL: 'postgres://a@b', SALLYPORT_DB_TLS: 'verify' })).toHaveLength(1);
});

test('every problem is told at once', () => {
  expect(problems({ SALLYPORT_LISTEN: 'x', SALLYPORT_LOG_LEVEL: 'x', SALLYPORT_NOPE: '1' })).toHaveLength(3);
});

test('a certificate is in force, and a doubt is told when it is not for the host that people use', () => {
  vi.useFakeTimers({ now: 0 });
  try {
    expect(problems({ ...open, ...tls })).toEqual([expect.stringContaining('is not valid before')]);
    vi.setSystemTime('2200-01-01');
    expect(problems({ ...open, ...tls })).toEqual([expect.stringContaining('expired on')]);
  } finally {
    vi.useRealTimers();
  }
  expect(certificateDoubt(read({ ...open, ...tls }))).toMatch(/is not for sallyport\.example\.com/);
  for (const host of ['localhost', '127.0.0.1'])
    expect(
      certificateDoubt(read({ ...open, ...tls, SALLYPORT_BASE_URL: `https://${host}` })),
    ).toBeUndefined();
});

test('a certificate, or a proxy that is named, opens the server to other machines', () => {
  const served = read({ ...open, ...tls, SALLYPORT_HTTP_REDIRECT: '0.0.0.0:80' });
  expect(served.tls).toEqual({ certFile: certificate.certFile, keyFile: certificate.keyFile });
  expect(served.egress.onlyThisMachine).toBe(false);
  const proxied = read({
    SALLYPORT_BASE_URL: 'https://a.example.com',
    SALLYPORT_BEHIND_TLS_PROXY: 'yes',
    SALLYPORT_TRUSTED_PROXIES: '127.0.0.1,fc00::/7,2a06:98c0::/29',
  });
  expect(proxied.egress.onlyThisMachine).toBe(false);
  expect(baseUrl(proxied, 1).origin).toBe('https://a.example.com');
});

test('TLS to a database elsewhere is on and verified; on this machine it is off unless asked for', () => {
  writeFileSync(join(directory, 'db.pem'), certificate.caPem);
  const owner = (env: Record<string, string>) => {
    const { database } = read(env);
    return database.kind === 'external' ? database.owner.reveal() : undefined;
  };
  expect(owner({ DATABASE_URL: remote, SALLYPORT_DB_CA: join(directory, 'db.pem') })).toEqual({
    host: 'db.example.com',
    port: 5432,
    database: 'sallyport',
    user: 'owner',
    password: 'pa ss',
    ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2', ca: certificate.caPem },
  });
  expect(owner({ DATABASE_URL: 'postgres://o@127.0.0.1:6000/s' })?.ssl).toBe(false);
  expect(
    owner({ DATABASE_URL: 'postgres://o@127.0.0.1:6000/s', SALLYPORT_DB_TLS: 'verify' })?.ssl,
  ).toMatchObject({ rejectUnauthorized: true });
  expect(owner({ DATABASE_URL: 'postgres://o@127.0.0.1:6000/s?sslmode=verify-full' })?.ssl).toMatchObject({
    rejectUnauthorized: true,
  });
  expect(owner({ DATABASE_URL: 'postgres://o@localhost/s?host=/var/run/postgresql' })).toMatchObject({
    host: '/var/run/postgresql',
    ssl: false,
  });
});
