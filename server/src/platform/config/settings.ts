import {
  directory,
  key,
  listen,
  networks,
  oneOf,
  origin,
  postgresUrl,
  proxies,
  wholeNumber,
  yesOrNo,
} from './parse.ts';
import { setting } from './setting.ts';

const PATH = 'the path of a file';
const NETWORKS = 'networks (10.0.0.0/8) or addresses, separated by commas';
const POSTGRES = 'postgres://user:password@host:port/database';

/** Every variable that Sallyport reads. There is no other, and a `SALLYPORT_…` that is not here stops the start. */
export const settings = {
  dataDirectory: setting({
    name: 'SALLYPORT_DATA_DIR',
    unset: '`.data` in the clone',
    form: 'the path of a directory',
    meaning: 'Contains the root key and, without `DATABASE_URL`, the embedded PostgreSQL.',
    parse: directory,
  }),
  listen: setting({
    name: 'SALLYPORT_LISTEN',
    unset: '`127.0.0.1:4400`',
    form: 'address:port (port 0 picks a free one)',
    meaning: 'Where the server listens. Anything but loopback requires TLS and `SALLYPORT_BASE_URL`.',
    parse: listen,
  }),
  baseUrl: setting({
    name: 'SALLYPORT_BASE_URL',
    unset: 'derived from `SALLYPORT_LISTEN` on loopback; otherwise required',
    form: 'https://host or https://host:port',
    meaning:
      'The address that people use. Links, cookies and the origin check are based on it, never on a request.',
    parse: origin,
  }),
  tlsCert: setting({
    name: 'SALLYPORT_TLS_CERT',
    unset: 'plain HTTP, on loopback only',
    form: `${PATH} in PEM, with its chain`,
    meaning:
      'Serves HTTPS (TLS 1.2 or later, forward-secret cipher suites) with this certificate. SIGHUP reloads certificate and key.',
    parse: directory,
  }),
  tlsKey: setting({
    name: 'SALLYPORT_TLS_KEY',
    unset: '–',
    form: `${PATH} in PEM`,
    meaning: 'The private key of the certificate.',
    parse: directory,
  }),
  httpRedirect: setting({
    name: 'SALLYPORT_HTTP_REDIRECT',
    unset: 'no redirect',
    form: 'address:port, such as 0.0.0.0:80',
    meaning: 'Also listens for plain HTTP there, only to redirect to `SALLYPORT_BASE_URL`.',
    parse: listen,
  }),
  behindTlsProxy: setting({
    name: 'SALLYPORT_BEHIND_TLS_PROXY',
    unset: '`no`',
    form: 'yes or no',
    meaning: 'A proxy in front terminates TLS and forwards plain HTTP. Requires `SALLYPORT_TRUSTED_PROXIES`.',
    parse: yesOrNo,
  }),
  trustedProxies: setting({
    name: 'SALLYPORT_TRUSTED_PROXIES',
    unset: 'none: the peer address is the client',
    form: NETWORKS,
    meaning: 'Proxies whose `X-Forwarded-For` is trusted for the client address.',
    parse: proxies,
  }),
  database: setting({
    name: 'DATABASE_URL',
    unset: 'the embedded PostgreSQL 18',
    form: POSTGRES,
    meaning:
      'An external PostgreSQL 15 to 18. This user owns the tables, and is used at the start only: to migrate, and to make the roles that serve requests.',
    parse: postgresUrl,
  }),
  databaseApp: setting({
    name: 'DATABASE_APP_URL',
    unset: 'a role that Sallyport creates, with a password derived from the root key',
    form: POSTGRES,
    meaning: 'The role that serves requests. Required when the user of `DATABASE_URL` may not create roles.',
    parse: postgresUrl,
  }),
  databaseSystem: setting({
    name: 'DATABASE_SYSTEM_URL',
    unset: 'like `DATABASE_APP_URL`',
    form: POSTGRES,
    meaning: 'The role for work before or across organizations. Set together with `DATABASE_APP_URL`.',
    parse: postgresUrl,
  }),
  databaseTls: setting({
    name: 'SALLYPORT_DB_TLS',
    unset: '`verify`; `off` when the database is on the same machine',
    form: 'verify or off',
    meaning:
      'TLS to the external PostgreSQL. `verify` checks certificate and host name; `off` is refused unless the database is on the same machine.',
    parse: oneOf('verify', 'off'),
  }),
  databaseCa: setting({
    name: 'SALLYPORT_DB_CA',
    unset: 'the certificate authorities that Node trusts',
    form: `${PATH} in PEM`,
    meaning: 'The certificate authority of the external PostgreSQL.',
    parse: directory,
  }),
  rootKey: setting({
    name: 'SALLYPORT_ROOT_KEY',
    unset: '`root.key` in the data directory, created at the first start',
    form: '32 random bytes in base64 or hexadecimal (`openssl rand -base64 32`)',
    meaning:
      'Encrypts every key of the vault. Back it up: without it, sealed credentials cannot be decrypted.',
    parse: key,
  }),
  previousRootKey: setting({
    name: 'SALLYPORT_ROOT_KEY_PREVIOUS',
    unset: 'the root key is not replaced',
    form: '32 random bytes in base64 or hexadecimal',
    meaning:
      'The old root key, for the one start that replaces it: everything under it is re-encrypted under the new one. Stop every other node first.',
    parse: key,
  }),
  egressAllow: setting({
    name: 'SALLYPORT_EGRESS_ALLOW',
    unset: 'every private range',
    form: NETWORKS,
    meaning:
      'The only private and loopback addresses that data sources may use. Public addresses are not affected.',
    parse: networks,
  }),
  egressDeny: setting({
    name: 'SALLYPORT_EGRESS_DENY',
    unset: 'only what is always refused',
    form: NETWORKS,
    meaning: 'Addresses that no data source may use. Takes precedence over everything else.',
    parse: networks,
  }),
  egressLoopback: setting({
    name: 'SALLYPORT_EGRESS_LOOPBACK',
    unset: '`auto`',
    form: 'auto, allow or refuse',
    meaning:
      'Whether data sources may be on the same machine. `auto` allows it as long as Sallyport itself is reachable from this machine only.',
    parse: oneOf('auto', 'allow', 'refuse'),
  }),
  publicRate: setting({
    name: 'SALLYPORT_PUBLIC_RATE',
    unset: '`300`',
    form: 'a whole number from 10 to 100000',
    meaning:
      'Requests per minute and client address, in total, to operations that need no sign-in: sign-in itself, links and set-up.',
    parse: wholeNumber(10, 100_000),
  }),
  drainSeconds: setting({
    name: 'SALLYPORT_DRAIN_SECONDS',
    unset: '`0`',
    form: 'a whole number from 0 to 60',
    meaning:
      'How long a node that SIGTERM has told to stop goes on serving, while `/v1/health` says 503: longer than a balancer takes to see it.',
    parse: wholeNumber(0, 60),
  }),
  logLevel: setting({
    name: 'SALLYPORT_LOG_LEVEL',
    unset: '`info`',
    form: 'debug, info, warn or error',
    meaning:
      'The least severe level in the log (JSON lines on standard output). No level prints credentials or rows.',
    parse: oneOf('debug', 'info', 'warn', 'error'),
  }),
};
