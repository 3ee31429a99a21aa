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
    unset: '`.data` in the project',
    form: 'the path of a directory',
    meaning: 'Holds the root key and, without `DATABASE_URL`, the embedded PostgreSQL.',
    parse: directory,
  }),
  listen: setting({
    name: 'SALLYPORT_LISTEN',
    unset: '`127.0.0.1:4400`',
    form: 'address:port; port 0 takes a free one',
    meaning: 'Where the server listens. Beyond loopback it needs TLS and `SALLYPORT_BASE_URL`.',
    parse: listen,
  }),
  baseUrl: setting({
    name: 'SALLYPORT_BASE_URL',
    unset: 'made from `SALLYPORT_LISTEN` while that is on loopback; otherwise required',
    form: 'https://host or https://host:port',
    meaning:
      'The address that people use. Links, cookies and the origin check come from it, never from a request.',
    parse: origin,
  }),
  tlsCert: setting({
    name: 'SALLYPORT_TLS_CERT',
    unset: 'plain HTTP, on loopback only',
    form: `${PATH} in PEM, with the chain`,
    meaning:
      'Serves HTTPS (TLS 1.2 and later, forward-secret suites) with this certificate. SIGHUP reads both files again.',
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
    unset: 'no such listener',
    form: 'address:port, such as 0.0.0.0:80',
    meaning: 'Listens for plain HTTP beside HTTPS, and only redirects to `SALLYPORT_BASE_URL`.',
    parse: listen,
  }),
  behindTlsProxy: setting({
    name: 'SALLYPORT_BEHIND_TLS_PROXY',
    unset: '`no`',
    form: 'yes or no',
    meaning:
      'A proxy in front ends TLS and speaks plain HTTP to Sallyport. Needs `SALLYPORT_TRUSTED_PROXIES`.',
    parse: yesOrNo,
  }),
  trustedProxies: setting({
    name: 'SALLYPORT_TRUSTED_PROXIES',
    unset: 'none: the peer is the client',
    form: NETWORKS,
    meaning: 'Proxies whose `X-Forwarded-For` tells the address of the client.',
    parse: proxies,
  }),
  database: setting({
    name: 'DATABASE_URL',
    unset: 'the embedded PostgreSQL 18',
    form: POSTGRES,
    meaning: 'An external PostgreSQL 15 to 18. Its user owns the tables; only migration connects as it.',
    parse: postgresUrl,
  }),
  databaseApp: setting({
    name: 'DATABASE_APP_URL',
    unset: 'a role that Sallyport makes, with a password from the root key',
    form: POSTGRES,
    meaning: 'The role that serves requests. Required when the user of `DATABASE_URL` may not create roles.',
    parse: postgresUrl,
  }),
  databaseSystem: setting({
    name: 'DATABASE_SYSTEM_URL',
    unset: 'as `DATABASE_APP_URL`',
    form: POSTGRES,
    meaning: 'The role for what happens before or across organizations. Goes with `DATABASE_APP_URL`.',
    parse: postgresUrl,
  }),
  databaseTls: setting({
    name: 'SALLYPORT_DB_TLS',
    unset: '`verify`; `off` when the database is on this machine',
    form: 'verify or off',
    meaning:
      'TLS to the external PostgreSQL, with its certificate and name verified. `off` is for this machine only.',
    parse: oneOf('verify', 'off'),
  }),
  databaseCa: setting({
    name: 'SALLYPORT_DB_CA',
    unset: 'the authorities that Node trusts',
    form: `${PATH} in PEM`,
    meaning: 'The authority that signed the certificate of the external PostgreSQL.',
    parse: directory,
  }),
  rootKey: setting({
    name: 'SALLYPORT_ROOT_KEY',
    unset: '`root.key` in the data directory, made at the first start',
    form: '32 random bytes in base64 or hexadecimal (`openssl rand -base64 32`)',
    meaning: 'Wraps every key of the vault. Back it up: without it, sealed credentials cannot be opened.',
    parse: key,
  }),
  previousRootKey: setting({
    name: 'SALLYPORT_ROOT_KEY_PREVIOUS',
    unset: 'the root key stays',
    form: '32 random bytes in base64 or hexadecimal',
    meaning:
      'The root key until now, for one start: everything under it is wrapped anew by the new one. Stop every other node first.',
    parse: key,
  }),
  egressAllow: setting({
    name: 'SALLYPORT_EGRESS_ALLOW',
    unset: 'every private range',
    form: NETWORKS,
    meaning: 'Narrows the private and loopback addresses where data sources may live to these.',
    parse: networks,
  }),
  egressDeny: setting({
    name: 'SALLYPORT_EGRESS_DENY',
    unset: 'nothing more than what is always refused',
    form: NETWORKS,
    meaning: 'Addresses that no data source may have, whatever else is said.',
    parse: networks,
  }),
  egressLoopback: setting({
    name: 'SALLYPORT_EGRESS_LOOPBACK',
    unset: '`auto`',
    form: 'auto, allow or refuse',
    meaning:
      'Whether a data source may be on this machine. `auto`: while only this machine reaches Sallyport.',
    parse: oneOf('auto', 'allow', 'refuse'),
  }),
  publicRate: setting({
    name: 'SALLYPORT_PUBLIC_RATE',
    unset: '`300`',
    form: 'a whole number from 10 to 100000',
    meaning:
      'Requests a minute that one address may make, all together, where nobody has to be signed in: sign-in, links and set-up.',
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
    meaning: 'What the log (JSON lines on standard output) holds. No level prints credentials or rows.',
    parse: oneOf('debug', 'info', 'warn', 'error'),
  }),
};
