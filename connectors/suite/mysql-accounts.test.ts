import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CustomerDatabase, customerMariadb, hasMariadb, isMysql } from '../../server/test/engines.ts';
import type { Dial } from '../port.ts';
import { codeOf, dial } from './harness.ts';
import { keyFromBetween } from './key-from-between.ts';
import { mysqlEngine } from './mysql-engine.ts';
import { poolOf } from './sql-harness.ts';

let database: CustomerDatabase;
const engine = mysqlEngine(() => database);

describe.skipIf(!hasMariadb)(isMysql ? 'the accounts of MySQL' : 'the accounts of MariaDB', () => {
  beforeAll(async () => {
    database = await customerMariadb();
  });
  afterAll(() => database.close());

  it.runIf(!isMysql)(
    'a user who must authenticate in a way that is not supported is told so, and not of a wrong password',
    async () => {
      await engine.admin("install soname 'auth_ed25519'");
      await engine.admin("create user modern@'%' identified via ed25519 using password('secret')");
      const pool = poolOf(engine, { user: 'modern', password: 'secret' });
      await expect(pool.probe()).rejects.toMatchObject({
        code: 'source_credential_rejected',
        detail: expect.stringContaining('by client_ed25519, which'),
      });
      await pool.close();
      await engine.admin("drop user modern@'%'");
      await engine.admin("uninstall soname 'auth_ed25519'");
    },
  );

  it('a user who is let in with TLS only is told of it where TLS is off: the server says no more than of a wrong password', async () => {
    await engine.admin("create user sealed@'%' identified by 'a-password' require ssl");
    const user = { user: 'sealed', password: 'a-password' };
    const inClear = poolOf(engine, { ...user, settings: { tls: 'off', ca: undefined } });
    await expect(inClear.probe()).rejects.toMatchObject({
      code: 'source_credential_rejected',
      detail: expect.stringContaining('with TLS only'),
    });
    const wrong = poolOf(engine, { ...user, password: 'another' });
    await expect(wrong.probe()).rejects.toMatchObject({
      detail: 'The source rejected the user name or password.',
    });
    await Promise.all([inClear.close(), wrong.close()]);
    await engine.admin("drop user sealed@'%'");
  });

  it('the catalog says what the user, or an active role, may not do with columns', async () => {
    const { database: name } = database;
    await engine.admin('create table tickets (id int primary key, subject text, status text, secret text)');
    await engine.admin(`create user clerk@'%' identified by 'a-password'`);
    await engine.admin('create role clerks');
    await engine.admin(`grant update (status) on ${name}.tickets to clerks`);
    await engine.admin(`grant clerks to clerk@'%'`);
    await engine.admin(`set default role clerks ${isMysql ? 'to' : 'for'} clerk@'%'`);
    await engine.admin(
      `grant select (id, subject, status), insert (subject, secret) on ${name}.tickets to clerk@'%'`,
    );
    const denied = async (user?: { user: string; password: string }) => {
      const pool = poolOf(engine, user);
      const found = (await pool.catalog()).find((table) => table.name === 'tickets');
      await pool.close();
      return [found?.denied, ...(found?.columns.map((one) => one.denied) ?? [])];
    };
    const clerk = { user: 'clerk', password: 'a-password' };
    expect(await denied()).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(await denied(clerk)).toEqual([
      undefined,
      ['insert', 'update'],
      ['update'],
      ['insert'],
      ['select', 'update'],
    ]);
    await engine.admin(`revoke insert (subject, secret) on ${name}.tickets from clerk@'%'`);
    await engine.admin(`grant select on ${name}.tickets to clerk@'%'`);
    expect(await denied(clerk)).toEqual([['insert'], ['update'], ['update'], undefined, ['update']]);
    await engine.admin(`drop user clerk@'%'`);
    await engine.admin('drop role clerks');
  });

  it('the catalog begins with the database of the source, of all that the user sees', async () => {
    const { database: name } = database;
    await engine.admin('create table zones (id int primary key)');
    await engine.admin('create database aardvark');
    await engine.admin('create table aardvark.ants (id int primary key)');
    await engine.admin("create user keeper@'%' identified by 'a-password'");
    await engine.admin("grant select on *.* to keeper@'%'");
    const pool = poolOf(engine, { user: 'keeper', password: 'a-password' });
    const schemas = (await pool.catalog()).map(({ schema }) => schema);
    await pool.close();
    const first = schemas.lastIndexOf(name);
    expect([schemas[0], schemas.indexOf('aardvark') > first]).toEqual([name, true]);
    await engine.admin("drop user keeper@'%'");
    await engine.admin('drop database aardvark');
  });

  it.each(['caching_sha2_password', 'sha256_password'] as const)(
    'D5 by %s, the password is sent under TLS alone, or within this machine: not under a key that anybody may have sent',
    async (plugin) => {
      const between = await keyFromBetween(plugin);
      const settings = { host: '127.0.0.1', port: between.port, tls: 'off', ca: undefined } as const;
      const far: Dial = async (...to) =>
        Object.defineProperty(await dial(...to), 'remoteAddress', { value: '192.0.2.7' });
      const elsewhere = poolOf(engine, { settings, password: 'canary-password', dial: far });
      await expect(elsewhere.probe()).rejects.toMatchObject({
        code: 'source_tls_failed',
        detail: expect.stringContaining('Turn TLS on'),
      });
      expect(between.passwords).toEqual([]);
      const here = poolOf(engine, { settings, password: 'canary-password' });
      const asked = codeOf(here.probe());
      await vi.waitUntil(() => between.passwords.length > 0);
      expect(between.passwords).toEqual(['canary-password']);
      // Neither files of this machine nor several statements in one (CLIENT_LOCAL_FILES, CLIENT_MULTI_STATEMENTS).
      expect(between.asked.map((flags) => flags & 0x1_00_80)).toEqual([0, 0]);
      await Promise.all([elsewhere.close(), here.close()]);
      between.close();
      await asked;
    },
  );

  it('D5 a certificate is not checked against an address: the driver would check another name', async () => {
    const pool = poolOf(engine, { settings: { host: '127.0.0.1', tls: 'verify' } });
    await expect(pool.probe()).rejects.toMatchObject({
      code: 'source_tls_failed',
      detail: expect.stringContaining('use the host name'),
    });
    await pool.close();
  });

  it('a connection whose session could not be set up is not left open', async () => {
    const opened: Awaited<ReturnType<Dial>>[] = [];
    const spoilt: Dial = async (...to) => {
      const socket = await dial(...to);
      opened.push(socket);
      const write = socket.write.bind(socket) as (...given: readonly unknown[]) => boolean;
      return Object.assign(socket, {
        write: (bytes: Buffer, ...rest: readonly unknown[]) =>
          write(
            Buffer.from(bytes.toString('latin1').replace('sql_auto_is_null', 'no_such_variable'), 'latin1'),
            ...rest,
          ),
      });
    };
    const pool = poolOf(engine, { settings: { host: '127.0.0.1', tls: 'off', ca: undefined }, dial: spoilt });
    await expect(pool.probe()).rejects.toMatchObject({ code: 'source_failed' });
    expect(opened.map((socket) => socket.destroyed)).toEqual([true]);
    await pool.close();
  });

  it('D6 an account that can only read is as a read source expects, and each surplus is named', async () => {
    const user = `reader_${database.user}`.slice(0, 30);
    await engine.admin(`create user ${user}@'%' identified by 'pw'`);
    await engine.admin(`grant select on ${database.database}.* to ${user}@'%'`);
    const reader = poolOf(engine, { user, password: 'pw', mode: 'read' });
    expect((await reader.probe()).privileges).toMatchObject({ exceeds: false, remedy: null });
    await engine.admin(`grant insert on ${database.database}.* to ${user}@'%'`);
    await engine.admin(`grant file on *.* to ${user}@'%'`);
    const fresh = poolOf(engine, { user, password: 'pw', mode: 'read' });
    const report = (await fresh.probe()).privileges;
    expect(report?.exceeds).toBe(true);
    expect(report?.remedy).toContain(`revoke file on *.* from '${user}'@'%';`);
    expect(report?.remedy).toMatch(/revoke insert on/);
    for (const statement of (report?.remedy ?? '').split('\n')) await engine.admin(statement);
    const after = poolOf(engine, { user, password: 'pw', mode: 'read' });
    expect((await after.probe()).privileges?.exceeds).toBe(false);
    await Promise.all([reader.close(), fresh.close(), after.close()]);
    await engine.admin(`drop user ${user}@'%'`);
  });

  it('D6 a surplus is found on names that have to be quoted, in a role that may be taken, and under names of its own', async () => {
    const name = database.database.slice(0, 20);
    const user = `${name}'s`;
    const account = `\`${user}\`@'%'`;
    const [roomy, writer, active] = [`\`${name} on x\``, `${name}_writer`, `${name}_active`];
    for (const statement of [
      `create database ${roomy}`,
      `create role ${writer}`,
      `grant insert on ${database.database}.* to ${writer}`,
      `create role ${active}`,
      `grant select on ${database.database}.* to ${active}`,
      `create user ${account} identified by 'pw'`,
      `grant ${active} to ${account}`,
      `set default role ${active} ${isMysql ? 'to' : 'for'} ${account}`,
    ])
      await engine.admin(statement);
    const reported = async () => {
      const pool = poolOf(engine, { user, password: 'pw', mode: 'read' });
      const report = (await pool.probe()).privileges;
      await pool.close();
      return report;
    };
    // What its active role gives is what it needs.
    expect(await reported()).toMatchObject({ exceeds: false, remedy: null });
    for (const [grant, privilege] of [
      [`grant update on ${roomy}.* to ${account}`, 'INSERT, UPDATE, DELETE'],
      [`grant event on ${database.database}.* to ${account}`, 'CREATE, ALTER, DROP'],
      [
        `grant ${isMysql ? 'connection_admin' : 'read_only admin'} on *.* to ${account}`,
        'SUPER and administration',
      ],
      [`grant ${writer} to ${account}`, 'Further roles (SET ROLE)'],
    ] as const) {
      await engine.admin(grant);
      const report = await reported();
      expect(report?.lines.filter((line) => line.has && !line.needed)).toEqual([
        { privilege, needed: false, has: true },
      ]);
      for (const statement of (report?.remedy ?? '').split('\n')) await engine.admin(statement);
    }
    expect(await reported()).toMatchObject({ exceeds: false, remedy: null });
    await engine.admin(`drop user ${account}`);
    await engine.admin(`drop role ${writer}, ${active}`);
    await engine.admin(`drop database ${roomy}`);
  });

  it('D6 what an active role gives too much is mended by leaving that role: it is not the account’s own to be revoked', async () => {
    const name = database.database.slice(0, 20);
    const account = `${name}_actor@'%'`;
    const role = `${name}_granted`;
    for (const statement of [
      `create role ${role}`,
      `grant select, delete on ${database.database}.* to ${role}`,
      `create user ${account} identified by 'pw'`,
      `grant select, insert on ${database.database}.* to ${account}`,
      `grant ${role} to ${account}`,
      `set default role ${role} ${isMysql ? 'to' : 'for'} ${account}`,
    ])
      await engine.admin(statement);
    const reported = async () => {
      const pool = poolOf(engine, { user: `${name}_actor`, password: 'pw', mode: 'read' });
      const report = (await pool.probe()).privileges;
      await pool.close();
      return report;
    };
    const [own, ofRole, ...others] = (await reported())?.remedy?.split('\n') ?? [];
    expect(own).toMatch(/^revoke insert on /);
    expect(ofRole).toMatch(new RegExp(`^revoke .${role}.* from `));
    expect(others).toEqual([]);
    await engine.admin(own!);
    expect((await reported())?.remedy).toBe(ofRole);
    // What every account of a MariaDB has is neither this one's own nor its role's.
    if (!isMysql) {
      await engine.admin(`grant event on ${database.database}.* to public`);
      const [ofAll, ...more] = (await reported())?.remedy?.split('\n') ?? [];
      expect(ofAll).toMatch(/^revoke event on .* from public;$/);
      expect(more).toEqual([ofRole]);
      await engine.admin(ofAll!);
    }
    await engine.admin(ofRole!);
    expect(await reported()).toMatchObject({ exceeds: false, remedy: null });
    await engine.admin(`drop user ${account}`);
    await engine.admin(`drop role ${role}`);
  });
});
