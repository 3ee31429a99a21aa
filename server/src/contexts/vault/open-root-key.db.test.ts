import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { contract } from '@sallyport/contract';
import type { FastifyRequest } from 'fastify';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { type Call, unattended } from '../../kernel/call.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { Secret } from '../../kernel/secret.ts';
import { createIdempotency, forgetKeptAnswers } from '../../platform/http/idempotency.ts';
import { createAudit, resealSigningKey } from '../audit/index.ts';
import { openLogIdentity } from '../audit/signing-key.ts';
import { createVault, events, localRootKey, openRootKey, type RootKey } from './index.ts';
import type { RewrapOwn } from './replace-root-key.ts';
import { createRootKeyFile } from './root-key-file.ts';
import { tieToRoot } from './root-verifier.ts';

let database: TestDatabase;
let folder: string;
let file: string;
const owner = () => ({ connectionString: database.ownerUrl });
const asOwner = async (text: string) => {
  const client = new pg.Client(owner());
  await client.connect();
  return client.query(text).finally(() => client.end());
};
const open = (given?: string) =>
  openRootKey({ given: given === undefined ? undefined : new Secret(given), file, owner: owner() });
const emptied = () => asOwner('drop table schema_migrations');
/** Row-level security is forced on the owner that a production database has, and a superuser is above it. */
const ownedByNoSuperuser = async () => {
  const role = `owner_${randomBytes(6).toString('hex')}`;
  await asOwner(`create role ${role} login password 'a'`);
  const { rows } = await asOwner(
    `select format('alter table %I owner to ${role}', tablename) as text from pg_tables where schemaname = 'public'`,
  );
  await asOwner(rows.map(({ text }) => text).join(';'));
  const url = new URL(database.ownerUrl);
  url.username = role;
  url.password = 'a';
  return { connectionString: url.href };
};

beforeEach(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'root-key-'));
  file = join(folder, 'data', 'root.key');
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

describe('the root key', () => {
  test('R1 is made on a first, empty start, in a file for its owner only', async () => {
    await emptied();
    const root = await open();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
    expect((await open()).id).toBe(root.id);
  });
  test('R1 never takes the place of one that is there', async () => {
    const first = await createRootKeyFile(file);
    expect((await createRootKeyFile(file)).reveal()).toEqual(first.reveal());
    expect(await readdir(dirname(file))).toEqual(['root.key']);
  });
  test('R1 two first starts at one time end with one key', async () => {
    await emptied();
    const roots = await Promise.all([open(), open(), open(), open()]);
    expect(new Set(roots.map((root) => root.id)).size).toBe(1);
  });
  test('R2 missing beside existing data, it is never made anew', async () => {
    await expect(open()).rejects.toThrow(/is missing, but the database already holds data/);
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
    // Of a first start that did not come to the vault.
    await asOwner('drop table vault_root');
    await expect(open()).rejects.toThrow(/is missing, but the database already holds data/);
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });
  test('R3 another key than the data’s refuses to start; the right one starts', async () => {
    await emptied();
    await tieToRoot(database.db, await open());
    await asOwner('create table schema_migrations ()');
    const right = await readFile(file, 'utf8');
    await open();
    await writeFile(file, `${randomBytes(32).toString('base64')}\n`);
    await expect(open()).rejects.toThrow(/is not the key that this database was encrypted with/);
    await expect(open(randomBytes(32).toString('base64'))).rejects.toThrow(
      /SALLYPORT_ROOT_KEY is not the key/,
    );
    await open(right);
  });
  test('R3 an altered verifier is no match', async () => {
    await emptied();
    await tieToRoot(database.db, await open());
    await asOwner(`create table schema_migrations (); update vault_root set verifier = verifier || '\\x00'`);
    await expect(open()).rejects.toThrow(/is not the key/);
  });
  test('R8 a new root key takes over from the previous one: every value opens, the log’s key too, the old key is refused', async () => {
    const [old, next, stranger] = [0, 1, 2].map(() => randomBytes(32).toString('base64')) as [
      string,
      string,
      string,
    ];
    await emptied();
    const before = await open(old);
    const audit = createAudit({ db: database.db, connection: database.systemConfig, events });
    const place = (organization: OrganizationId) => ({
      organization,
      table: 't',
      row: 'r',
      field: 'f',
      version: 1,
    });
    const organizations = [newId<OrganizationId>(), newId<OrganizationId>()];
    const vault = await createVault({ db: database.db, root: before, audit });
    const sealed = await Promise.all(
      organizations.map((one) =>
        database.db.tenant(one, (tx) => vault.seal(tx, place(one), new Secret(`secret of ${one}`))),
      ),
    );
    const sealer = (root: RootKey) => ({
      sealKey: (key: Secret<Buffer>) => root.wrap(key, 'audit-signing-key'),
      openKey: (key: Buffer) => root.unwrap(key, 'audit-signing-key'),
    });
    const log = await openLogIdentity(database.db, sealer(before));
    const call = {
      actor: { kind: 'person', organizationId: organizations[0], personId: newId() },
      recorded: new Map(),
    } as unknown as Call;
    const request = {
      headers: { 'idempotency-key': 'a-key-of-before' },
      params: {},
    } as unknown as FastifyRequest;
    const make = async (root: RootKey) => {
      const idempotency = createIdempotency(database.db, root.deriveKey('idempotency'));
      const made = idempotency.once(request, contract.apps.createApp, call, async () => 'made');
      return made.finally(idempotency.close);
    };
    await make(before);
    await asOwner('create table schema_migrations ()');
    const plainOwner = await ownedByNoSuperuser();

    const rewrapLog: RewrapOwn = (client, from, to) =>
      resealSigningKey(client, async (key) => sealer(to).sealKey(await sealer(from).openKey(key)));
    const replace = (given: string, previous: string) =>
      openRootKey({
        given: new Secret(given),
        previous: new Secret(previous),
        others: [rewrapLog, forgetKeptAnswers],
        file,
        owner: plainOwner,
      });
    await expect(replace(next, stranger)).rejects.toThrow(
      /is not the key .* and SALLYPORT_ROOT_KEY_PREVIOUS is/,
    );
    await expect(
      openRootKey({
        given: new Secret(next),
        previous: new Secret(old),
        others: [() => Promise.reject(new Error('killed here'))],
        file,
        owner: plainOwner,
      }),
    ).rejects.toThrow(/nothing was changed/);
    await open(old);

    const after = await replace(next, old);
    const unforced = await asOwner(
      'select relname from pg_class where relrowsecurity and not relforcerowsecurity',
    );
    expect(unforced.rows).toEqual([]);
    await expect(make(after)).rejects.toMatchObject({ code: 'idempotency_in_doubt' });
    // Left in place by the operator, the previous key is not asked any more.
    const again = await replace(next, old);
    expect(again.id).toBe(after.id);
    await expect(open(old)).rejects.toThrow(/is not the key/);
    // Told once, also where the start that replaced it did not come to that.
    await createVault({ db: database.db, root: again, audit });
    const anew = await createVault({ db: database.db, root: again, audit });
    const told = await asOwner(
      "select leaf::json -> 'data' as data from audit_records where event = 'vault.root_key_replaced'",
    );
    expect(told.rows).toEqual([{ data: { from: before.id, to: after.id } }]);
    for (const [i, one] of organizations.entries()) {
      const opened = await database.db.tenant(one, (tx) =>
        anew.open(tx, place(one), sealed[i]!, unattended('a test')),
      );
      expect(opened.reveal()).toBe(`secret of ${one}`);
    }
    expect((await openLogIdentity(database.db, sealer(after))).publicKey).toEqual(log.publicKey);
    await expect(openLogIdentity(database.db, sealer(before))).rejects.toThrow();
    await audit.close();
  });
  test('R8 it is on the record also of a start that upgrades: the migration took the new key for the recorded one', async () => {
    await emptied();
    const [old, next] = [0, 1].map(() => randomBytes(32).toString('base64')) as [string, string];
    const before = await open(old);
    const audit = createAudit({ db: database.db, connection: database.systemConfig, events });
    await createVault({ db: database.db, root: before, audit });
    await asOwner('create table schema_migrations ()');
    const given = new Secret(next);
    const after = await openRootKey({ given, previous: new Secret(old), file, owner: owner() });
    await asOwner('update vault_root set recorded_key_id = root_key_id');
    await createVault({ db: database.db, root: after, audit });
    const told = await asOwner("select from audit_records where event = 'vault.root_key_replaced'");
    expect(told.rowCount).toBe(1);
  });
  test('R4 a file that others can read is refused', async () => {
    await emptied();
    await open();
    for (const mode of [0o640, 0o604, 0o620, 0o602]) {
      await chmod(file, mode);
      await expect(open()).rejects.toThrow(/chmod 600/);
    }
  });
  test.each([
    ['not base64', 'not a key at all'],
    ['a letter that is not of base64', `${randomBytes(32).toString('base64').slice(0, -1)}!`],
    ['too short', randomBytes(31).toString('base64')],
    ['too long', randomBytes(33).toString('base64')],
    ['all zero', Buffer.alloc(32).toString('base64')],
    ['counting', Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64')],
    ['a passphrase', Buffer.from('correct horse battery staple 42!').toString('base64')],
    [
      'a repeated half',
      Buffer.from('00112233445566778899aabbccddee'.repeat(3).slice(0, 64), 'hex').toString('base64'),
    ],
    ['empty', ''],
  ])('R5 a weak or broken key is refused: %s', async (_name, text) => {
    await expect(open(text)).rejects.toThrow(/SALLYPORT_ROOT_KEY is (not a root key|too weak)/);
  });
  test('R5 base64 and hexadecimal of one key are one key', async () => {
    const bytes = randomBytes(32);
    const { id } = await open(bytes.toString('base64'));
    expect((await open(bytes.toString('hex'))).id).toBe(id);
    expect((await open(bytes.toString('base64').replace('=', ''))).id).toBe(id);
  });
  test('R6 each purpose has its own derived key, the same at every start', () => {
    const bytes = () => new Secret(Buffer.alloc(32, 'k'));
    const [a, b] = [localRootKey(bytes()), localRootKey(bytes())];
    expect(a.deriveKey('one').reveal()).toEqual(b.deriveKey('one').reveal());
    expect(a.deriveKey('one').reveal()).not.toEqual(a.deriveKey('two').reveal());
  });
  test('R7 what is wrapped for one context does not unwrap for another', async () => {
    const root = localRootKey(new Secret(randomBytes(32)));
    const wrapped = await root.wrap(new Secret(Buffer.from('x')), 'one');
    const plaintext = (await root.unwrap(wrapped, 'one')).reveal();
    expect(plaintext.toString()).toBe('x');
    // No other buffer shares its memory, nor is more kept alive with it.
    expect(plaintext.buffer.byteLength).toBe(1);
    await expect(root.unwrap(wrapped, 'two')).rejects.toThrow();
  });
});
