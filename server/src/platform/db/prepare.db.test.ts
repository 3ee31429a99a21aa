import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { hasPgbouncer, startPgbouncer } from '../../../test/pgbouncer.ts';
import { asAdmin, debianPostgres } from '../../../test/postgres-server.ts';
import { sharedServer } from '../../../test/shared-server.ts';
import { Secret } from '../../kernel/secret.ts';
import type { DatabaseConfig } from '../config/database-config.ts';
import { openDb } from './db.ts';
import { assertMigrated } from './migrate.ts';
import { openPlace } from './open-place.ts';
import { prepare, roleName } from './prepare.ts';
import { sql } from './sql.ts';

const folder = fileURLToPath(new URL('../../../migrations', import.meta.url));
const MIGRATION_LOCK = 7_311_963_001;
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };
const deriveKey = (purpose: string) => new Secret(Buffer.from(hkdfSync('sha256', 'k', '', purpose, 32)));

/** A role that owns one database and may, or may not, create roles. */
async function newOwner(
  adminUrl: string,
  may: 'createrole' | 'nocreaterole',
  prefix = 'owner_',
): Promise<pg.ClientConfig> {
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  const quoted = pg.escapeIdentifier(name);
  await asAdmin(adminUrl, async (client) => {
    await client.query(`create role ${quoted} login ${may} password 'a'`);
    await client.query(`create database ${quoted} owner ${quoted}`);
  });
  const url = new URL(adminUrl);
  return { host: url.hostname, port: Number(url.port), user: name, password: 'a', database: name };
}
const external = (
  owner: pg.ClientConfig,
  roles: [pg.ClientConfig, pg.ClientConfig] | null = null,
): DatabaseConfig => ({
  kind: 'external',
  owner: new Secret(owner),
  roles: roles === null ? null : { app: new Secret(roles[0]), system: new Secret(roles[1]) },
});

const ODD = {
  search_path: '"$user"',
  row_security: 'off',
  default_transaction_isolation: 'serializable',
  statement_timeout: '5s',
  standard_conforming_strings: 'off',
  datestyle: 'SQL, DMY',
  timezone: 'Asia/Kolkata',
  bytea_output: 'escape',
  extra_float_digits: '-10',
  array_nulls: 'off',
  transform_null_equals: 'on',
  idle_session_timeout: '15s',
};

describe.each(['postgres', 'postgres15'] as const)('an external server (%s)', (which) => {
  const absent = which === 'postgres15' && debianPostgres(15) === undefined;

  test.skipIf(absent)(
    'an owner that may create roles: migrated twice, served by roles that own nothing',
    async () => {
      const { adminUrl } = await sharedServer(which);
      // A name that has to be quoted, as those of people often have.
      const owner = await newOwner(adminUrl, 'createrole', 'Ada "Owner" ');
      // As a server that others use may be set up.
      await asAdmin(adminUrl, async (client) => {
        const name = pg.escapeIdentifier(owner.database ?? '');
        for (const [setting, value] of Object.entries(ODD))
          await client.query(`alter database ${name} set ${setting} = ${pg.escapeLiteral(value)}`);
      });
      const database = external(owner);
      const place = await openPlace({ database, dataDirectory: '/none', log, onLost: silent });
      expect(place.addresses).toEqual([{ host: owner.host, port: owner.port }]);
      const said: object[] = [];
      const telling = { ...log, warn: (details: object) => void said.push(details) };
      for (const apart of [4_000, -60_000]) {
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + apart });
        await openPlace({ database, dataDirectory: '/none', log: telling, onLost: silent });
        vi.useRealTimers();
      }
      // Our test servers do not wait for a disk.
      expect(said).toEqual([{ fsync: 'off' }, { seconds: -60 }, { fsync: 'off' }]);
      // A node that is frozen while it migrates holds nobody up for longer; others say what they wait for until then.
      const frozen = new pg.Client(place.owner);
      await frozen.connect();
      await frozen.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      const { rows } = await frozen.query(
        `select current_setting('idle_session_timeout') as longest, current_setting('idle_in_transaction_session_timeout') as within`,
      );
      expect(rows).toEqual([{ longest: '20s', within: '20s' }]);
      const onWaiting = () => void frozen.end();
      const first = await prepare({ owner: place.owner, database, deriveKey, folder, onWaiting });
      expect(first.migrated).toContain('20261122T1000_base.sql');
      const second = await prepare({ owner: place.owner, database, deriveKey, folder });
      expect(second.migrated).toEqual([]);
      const db = openDb(second);
      try {
        const who = await db.system('test', (tx) =>
          tx.one(sql`
        select current_user::text as name, current_setting('synchronous_commit') as durable,
          current_setting('idle_in_transaction_session_timeout') as "longestPause",
          current_setting('transaction_isolation') as isolation, current_setting('statement_timeout') as "longest",
          current_setting('tcp_keepalives_idle') as "askedAfter",
          current_setting('idle_session_timeout') as "longestIdle", (null = null) as "nullIsNull", '{NULL}'::text[] as nulls,
          timestamptz '2026-02-01T00:00:00Z' as instant, '\\x00'::bytea as zero, 1234567890123::float8 as number,
          (select count(*)::int from pg_stat_activity where datname = current_database() and usename = ${owner.user}) as owners,
          (select count(*)::int from pg_class where pg_get_userbyid(relowner) = current_user) as owned`),
        );
        expect(who).toEqual({
          name: roleName('system', owner.database ?? ''),
          durable: 'on',
          longestPause: '20s',
          isolation: 'read committed',
          longest: '0',
          askedAfter: '30',
          longestIdle: '0',
          nullIsNull: null,
          nulls: [null],
          instant: new Date('2026-02-01'),
          zero: Buffer.from([0]),
          number: 1234567890123,
          owners: 0,
          owned: 0,
        });
      } finally {
        await db.close();
      }
    },
  );

  test.skipIf(absent)(
    'an owner that may not create roles: a sentence, and then the given roles',
    async () => {
      const { adminUrl } = await sharedServer(which);
      const owner = await newOwner(adminUrl, 'nocreaterole');
      await expect(prepare({ owner, database: external(owner), deriveKey, folder })).rejects.toThrow(
        /may not create or change the role .* set DATABASE_APP_URL and DATABASE_SYSTEM_URL/,
      );
      const login = (kind: string) => ({ ...owner, user: `${owner.user}_${kind}` });
      await asAdmin(adminUrl, async (client) => {
        for (const kind of ['app', 'system'])
          await client.query(`create role ${owner.user}_${kind} login password 'a'`);
      });
      const roles: [pg.ClientConfig, pg.ClientConfig] = [login('app'), login('system')];
      const ready = await prepare({ owner, database: external(owner, roles), deriveKey, folder });
      const db = openDb(ready);
      expect(await db.system('test', (tx) => tx.one(sql`select current_user::text as name`))).toEqual({
        name: roles[1].user,
      });
      await db.close();
      const strong = `${owner.user}_strong`;
      await asAdmin(adminUrl, (client) => client.query(`create role ${strong} createrole`));
      // A member of each, in turn.
      for (const [given, to] of [
        [owner.user, 'app'],
        [`${owner.user}_system`, 'app'],
        [strong, 'app'],
        ['pg_write_all_data', 'system'],
        ['pg_read_all_data', 'app'],
      ] as const) {
        const change = (text: string) => asAdmin(adminUrl, (client) => client.query(text));
        await change(`grant ${given} to ${owner.user}_${to}`);
        await expect(
          prepare({ owner, database: external(owner, roles), deriveKey, folder }),
          `${to} as ${given}`,
        ).rejects.toThrow(/has too many privileges/);
        await change(`revoke ${given} from ${owner.user}_${to}`);
      }
      // And by itself.
      for (const power of ['superuser', 'bypassrls', 'createrole', 'createdb']) {
        const change = (text: string) => asAdmin(adminUrl, (client) => client.query(text));
        await change(`alter role ${owner.user}_app ${power}`);
        await expect(
          prepare({ owner, database: external(owner, roles), deriveKey, folder }),
          power,
        ).rejects.toThrow(/has too many privileges/);
        await change(`alter role ${owner.user}_app no${power}`);
      }
      await expect(
        prepare({ owner, database: external(owner, roles), deriveKey, folder }),
      ).resolves.toBeDefined();
      const swapped = external(owner, [roles[1], roles[0]]);
      await expect(prepare({ owner, database: swapped, deriveKey, folder })).rejects.toThrow(
        /were not created for the roles .*_system and .*_app\. Set DATABASE_APP_URL/,
      );
      const mistyped = external(owner, [roles[0], { ...roles[1], password: 'b' }]);
      await expect(
        openPlace({ database: mistyped, dataDirectory: '/none', log, onLost: silent }),
      ).rejects.toThrow(/^PostgreSQL at DATABASE_SYSTEM_URL cannot be used: password/);
    },
  );
});

test('an owner of nothing here is told so, with what to do', async () => {
  const { adminUrl } = await sharedServer('postgres');
  const [owner, { database }] = [
    await newOwner(adminUrl, 'createrole'),
    await newOwner(adminUrl, 'createrole'),
  ];
  const stranger = { ...owner, database };
  await expect(prepare({ owner: stranger, database: external(stranger), deriveKey, folder })).rejects.toThrow(
    /may not create tables .*alter database .* owner to/,
  );
});

test('a database that holds somebody else’s tables is left as it is; an extension’s are nobody’s', async () => {
  const { adminUrl } = await sharedServer('postgres');
  const owner = await newOwner(adminUrl, 'createrole');
  const go = () => prepare({ owner, database: external(owner), deriveKey, folder });
  const inIt = async (text: string) => {
    const client = new pg.Client(owner);
    await client.connect();
    return client.query(text).finally(() => client.end());
  };
  // The name that another program’s migrations take, too.
  await inIt('create table people (id int); create table schema_migrations (version text)');
  await expect(go()).rejects.toThrow(/not Sallyport’s \(people, schema_migrations\)\. Give Sallyport/);
  expect((await inIt("select 1 from pg_tables where schemaname = 'public'")).rowCount).toBe(2);
  await inIt('drop table people, schema_migrations; create table of_one (id int); create extension hstore');
  await inIt('alter extension hstore add table of_one');
  await go();
  await inIt('create table beside (id int)');
  expect((await go()).migrated).toEqual([]);
});

test('each migration is whole or not there, and what was applied is what this version has', async () => {
  const { adminUrl } = await sharedServer('postgres');
  const owner = await newOwner(adminUrl, 'createrole');
  const own = mkdtempSync(join(tmpdir(), 'sallyport-migrations-'));
  const has = (name: string, text: string) => writeFileSync(join(own, name), text);
  const go = async () =>
    (await prepare({ owner, database: external(owner), deriveKey, folder: own })).migrated;
  const check = () => assertMigrated({ owner, folder: own });
  try {
    has('1.sql', 'create table kept (x int)');
    has('2.sql', 'insert into kept values (1); select 1 / 0');
    await expect(check()).rejects.toThrow(/The database is empty/);
    await expect(go()).rejects.toThrow(/The migration 2\.sql failed and was rolled back: division by zero/);
    await expect(check()).rejects.toThrow(/belongs to another version/);
    has('2.sql', 'insert into kept values (1)');
    expect(await go()).toEqual(['2.sql']);
    expect(await go()).toEqual([]);
    await check();
    const client = new pg.Client(owner);
    await client.connect();
    const { rows } = await client.query('select x from kept').finally(() => client.end());
    expect(rows).toEqual([{ x: 1 }]);
    has('2.sql', 'insert into kept values (2)');
    await expect(go()).rejects.toThrow(/The migration 2\.sql was changed after it was applied/);
    rmSync(join(own, '2.sql'));
    has('3.sql', 'drop table kept');
    await expect(go()).rejects.toThrow(/has the migration 2\.sql, which this version does not know/);
    await expect(check()).rejects.toThrow(/belongs to another version/);
  } finally {
    rmSync(own, { recursive: true });
  }
});

test('roles that are not there, and a database that cannot hold every text, are told', async () => {
  const { adminUrl } = await sharedServer('postgres');
  const owner = await newOwner(adminUrl, 'createrole');
  const nobody = { ...owner, user: 'nobody_of_this_name' };
  const database = external(owner, [nobody, nobody]);
  await expect(prepare({ owner, database, deriveKey, folder })).rejects.toThrow(
    /The role nobody_of_this_name does not exist/,
  );
  const name = `${owner.database}_latin`;
  await asAdmin(adminUrl, (client) =>
    client.query(`create database ${name} encoding 'LATIN1' locale 'C' template template0`),
  );
  const latin = external({ ...owner, database: name });
  await expect(openPlace({ database: latin, dataDirectory: '/none', log, onLost: silent })).rejects.toThrow(
    /is encoded in LATIN1/,
  );
});

test('over a Unix socket, the TCP port of the server is known, so that no source may reach it', async () => {
  const { adminUrl, data } = await sharedServer('postgres');
  const owner = await newOwner(adminUrl, 'createrole');
  const database = external({ ...owner, host: dirname(data) });
  const place = await openPlace({ database, dataDirectory: '/none', log, onLost: silent });
  expect(place.addresses).toEqual([{ host: '127.0.0.1', port: owner.port }]);
  // By another name, too, that the roles which serve requests are given.
  const elsewhere = { ...owner, host: 'localhost' };
  const three = external({ ...owner, host: dirname(data) }, [elsewhere, { ...owner, host: '127.0.0.1' }]);
  const named = await openPlace({ database: three, dataDirectory: '/none', log, onLost: silent });
  expect(named.addresses.map(({ host }) => host)).toEqual(['127.0.0.1', 'localhost', '127.0.0.1']);
});

test('a database that takes no writes is waited for, and told', async () => {
  const { adminUrl } = await sharedServer('postgres');
  const owner = await newOwner(adminUrl, 'createrole');
  const setting = `alter database ${owner.database} set default_transaction_read_only = on`;
  await asAdmin(adminUrl, (client) => client.query(setting));
  const place = { database: external(owner), dataDirectory: '/none', log, onLost: silent };
  await expect(openPlace({ ...place, waitMs: 300 })).rejects.toThrow(/takes no writes: it is a standby/);
  let waits: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    waits = resolve;
  });
  const later = openPlace({ ...place, log: { ...log, warn: () => waits() } });
  await waiting;
  // Where the clock is set while machines start, that is no time which has passed.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
  await new Promise((resolve) => setTimeout(resolve, 600));
  await asAdmin(adminUrl, (client) => client.query(setting.replace('= on', '= off')));
  vi.useRealTimers();
  expect((await later).owner).toMatchObject({ database: owner.database });
});

test.skipIf(!hasPgbouncer)('a pooler before it is refused, whatever its mode', async () => {
  const { adminUrl } = await sharedServer('postgres');
  const { port = 0, user = '', database = '' } = await newOwner(adminUrl, 'createrole');
  const pooler = await startPgbouncer({ host: '127.0.0.1', port, user, password: 'a', database }, 'session');
  const owner = { host: '127.0.0.1', port: pooler.port, user, password: 'a', database };
  const place = { database: external(owner), dataDirectory: '/none', log, onLost: silent };
  await expect(openPlace(place)).rejects.toThrow(/leads to a pooler.*the PostgreSQL server itself/);
  await pooler.stop();
});

test('the password of a role is not in the statement that sets it', async () => {
  const { adminUrl } = await sharedServer('postgres');
  const owner = await newOwner(adminUrl, 'createrole');
  const { query } = pg.Client.prototype;
  const sent: string[] = [];
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    sent.push(typeof args[0] === 'string' ? args[0] : '');
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    const ready = await prepare({ owner, database: external(owner), deriveKey, folder });
    expect(sent.join()).toMatch(/alter role .*'SCRAM-SHA-256\$/);
    expect(sent.join()).not.toContain(String(ready.app.password));
  } finally {
    pg.Client.prototype.query = query;
  }
});

test('a wrong password, and a server that is not there, are told without the password', async () => {
  const { adminUrl } = await sharedServer('postgres');
  const owner = { ...(await newOwner(adminUrl, 'createrole')), password: 'c4n4ry' };
  const open = (config: pg.ClientConfig) =>
    openPlace({ database: external(config), dataDirectory: '/none', log, onLost: silent, waitMs: 300 }).catch(
      (error) => String(error),
    );
  expect(await open(owner)).toMatch(/cannot be used: password authentication failed/);
  expect(await open({ ...owner, password: undefined })).toMatch(/asks for a password, and .* contains none/);
  expect(await open({ ...owner, port: 1 })).toMatch(/cannot be used: .*ECONNREFUSED/);
  expect(await open(owner)).not.toMatch(/c4n4ry/);
  expect(await open({ ...owner, ssl: { rejectUnauthorized: true } })).toMatch(
    /Set SALLYPORT_DB_CA to the PEM/,
  );
});

test('the embedded server: first start, and again with the rows', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sallyport-place-'));
  const database: DatabaseConfig = { kind: 'embedded' };
  for (const expected of [1, 2]) {
    const place = await openPlace({ database, dataDirectory, log, onLost: silent });
    const ready = await prepare({ owner: place.owner, database, deriveKey, folder });
    expect(ready.migrated.length > 0).toBe(expected === 1);
    const client = new pg.Client(place.owner);
    await client.connect();
    await client.query('create table if not exists kept (n int)');
    await client.query('insert into kept values (1)');
    expect((await client.query('select 1 from kept')).rowCount).toBe(expected);
    await client.end();
    await place.stop();
  }
  rmSync(dataDirectory, { recursive: true, force: true });
});
