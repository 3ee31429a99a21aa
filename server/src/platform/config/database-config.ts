import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type pg from 'pg';
import { Secret } from '../../kernel/secret.ts';
import { isLoopback } from './parse.ts';

/** Which PostgreSQL holds Sallyport's own data. */
export type DatabaseConfig =
  | { readonly kind: 'embedded' }
  | {
      readonly kind: 'external';
      readonly owner: Secret<pg.ClientConfig>;
      /** Given when the owner may not create roles. */
      readonly roles: {
        readonly app: Secret<pg.ClientConfig>;
        readonly system: Secret<pg.ClientConfig>;
      } | null;
    };

export interface GivenDatabase {
  readonly owner: Secret<URL> | undefined;
  readonly app: Secret<URL> | undefined;
  readonly system: Secret<URL> | undefined;
  readonly tls: 'verify' | 'off' | undefined;
  readonly caFile: string | undefined;
}

/** Makes the connections of the three addresses, or says in `problem` why they do not go together. */
export function databaseConfig(given: GivenDatabase, problem: (sentence: string) => void): DatabaseConfig {
  const { owner, app, system } = given;
  if (owner === undefined) {
    if (app ?? system)
      problem('DATABASE_APP_URL and DATABASE_SYSTEM_URL go with DATABASE_URL. Set it too, or remove them.');
    if (given.tls !== undefined || given.caFile !== undefined)
      problem('SALLYPORT_DB_TLS and SALLYPORT_DB_CA go with DATABASE_URL. Set it too, or remove them.');
    return { kind: 'embedded' };
  }
  if ((app === undefined) !== (system === undefined))
    problem('DATABASE_APP_URL and DATABASE_SYSTEM_URL go together. Set both, or neither.');
  const ca = given.caFile === undefined ? undefined : readCa(given.caFile, problem);
  const connection = (name: string, url: Secret<URL>) =>
    new Secret(connectionOf(name, url.reveal(), given.tls, ca, problem));
  const result = { kind: 'external' as const, owner: connection('DATABASE_URL', owner) };
  if (app === undefined || system === undefined) return { ...result, roles: null };
  const roles = {
    app: connection('DATABASE_APP_URL', app),
    system: connection('DATABASE_SYSTEM_URL', system),
  };
  const all = [result.owner, roles.app, roles.system].map((one) => one.reveal());
  if (new Set(all.map((one) => one.user)).size !== 3)
    problem(
      'DATABASE_URL, DATABASE_APP_URL and DATABASE_SYSTEM_URL must name three users, because the user that serves requests must own nothing.',
    );
  if (new Set(all.map((one) => one.database)).size !== 1)
    problem('DATABASE_URL, DATABASE_APP_URL and DATABASE_SYSTEM_URL must name the same database.');
  return { ...result, roles };
}

function connectionOf(
  name: string,
  url: URL,
  wanted: 'verify' | 'off' | undefined,
  ca: string | undefined,
  problem: (sentence: string) => void,
): pg.ClientConfig {
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname.replace(/^\[|\]$/g, ''));
  const local = host.startsWith('/') || isLoopback(host);
  const mode = url.searchParams.get('sslmode');
  if (mode !== null && mode !== 'verify-full' && !(mode === 'disable' && local))
    problem(
      `${name} says sslmode=${mode.slice(0, 20)}. Remove it: SALLYPORT_DB_TLS decides, and verifies the certificate by default.`,
    );
  if (wanted === 'off' && !local)
    problem(
      `SALLYPORT_DB_TLS is off, but the database of ${name} is not on this machine. Remove SALLYPORT_DB_TLS, and set SALLYPORT_DB_CA if your own authority signed its certificate.`,
    );
  const encrypted =
    !host.startsWith('/') && (mode === 'verify-full' || (wanted ?? (local ? 'off' : 'verify')) === 'verify');
  const ssl: ConnectionOptions = {
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca }),
  };
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ssl: encrypted ? ssl : false,
  };
}

function readCa(file: string, problem: (sentence: string) => void): string | undefined {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch {
    problem(`SALLYPORT_DB_CA: ${file} cannot be read. Give the path of a PEM file that Sallyport can read.`);
    return undefined;
  }
  try {
    new X509Certificate(pem);
  } catch {
    // It would be passed over without a word, and then nothing be trusted.
    problem(`SALLYPORT_DB_CA: ${file} holds no certificate in PEM. Give the certificate of the authority.`);
  }
  return pem;
}
