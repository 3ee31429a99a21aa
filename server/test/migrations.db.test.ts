import { hkdfSync, randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { Secret } from '../src/kernel/secret.ts';
import { prepare } from '../src/platform/db/prepare.ts';
import { asAdmin } from './postgres-server.ts';
import { sharedServer } from './shared-server.ts';

const folder = fileURLToPath(new URL('../migrations', import.meta.url));
const OPERATOR = '20261122T1500_operator.sql';
const deriveKey = (purpose: string) => new Secret(Buffer.from(hkdfSync('sha256', 'k', '', purpose, 32)));

test('an installation that was set up before gets its operator: the organization that set-up created', async () => {
  const { adminUrl } = await sharedServer('postgres');
  const name = `owner_${randomBytes(6).toString('hex')}`;
  // No superuser: row-level security is forced on it.
  await asAdmin(adminUrl, async (client) => {
    await client.query(`create role ${name} login createrole password 'a'`);
    await client.query(`create database ${name} owner ${name}`);
  });
  const url = new URL(adminUrl);
  const owner = {
    host: url.hostname,
    port: Number(url.port),
    user: name,
    password: 'a',
    database: name,
  };
  const database = { kind: 'external', owner: new Secret(owner), roles: null } as const;
  const before = mkdtempSync(join(tmpdir(), 'sallyport-migrations-'));
  try {
    for (const file of readdirSync(folder))
      if (file < OPERATOR) copyFileSync(join(folder, file), join(before, file));
    await prepare({ owner, database, deriveKey, folder: before });
    const [first, second] = [newId(), newId()];
    const own = new URL(adminUrl);
    own.pathname = `/${name}`;
    await asAdmin(own.href, async (client) => {
      await client.query(
        `insert into organizations (id, name, created_at) values ($1, 'Second', '2026-02-01'), ($2, 'First', '2026-01-01')`,
        [second, first],
      );
      await client.query('insert into setup (completed_at) values (now())');
    });
    await prepare({ owner, database, deriveKey, folder });
    const { rows } = await asAdmin(own.href, (client) =>
      client.query(`select operator_id, (select bool_and(relforcerowsecurity) from pg_class
        where relname in ('setup', 'organizations')) as forced from setup`),
    );
    expect(rows).toEqual([{ operator_id: first, forced: true }]);
  } finally {
    rmSync(before, { recursive: true });
    await asAdmin(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  }
});
