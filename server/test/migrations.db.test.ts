import { hkdfSync, randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { Secret } from '../src/kernel/secret.ts';
import { prepare } from '../src/platform/db/prepare.ts';
import { asAdmin } from './postgres-server.ts';
import { sharedServer } from './shared-server.ts';

const folder = fileURLToPath(new URL('../migrations', import.meta.url));
const deriveKey = (purpose: string) => new Secret(Buffer.from(hkdfSync('sha256', 'k', '', purpose, 32)));

/** A database as it was before one migration, filled then, brought up to today, and looked at. */
async function upgraded(
  from: string,
  fill: (client: pg.Client, app: pg.ClientConfig) => Promise<unknown>,
  look: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
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
      if (file < from) copyFileSync(join(folder, file), join(before, file));
    const { app } = await prepare({ owner, database, deriveKey, folder: before });
    const own = new URL(adminUrl);
    own.pathname = `/${name}`;
    await asAdmin(own.href, (client) => fill(client, app));
    await prepare({ owner, database, deriveKey, folder });
    await asAdmin(own.href, look);
  } finally {
    rmSync(before, { recursive: true });
    await asAdmin(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  }
}

test('nothing is changed under a node of the version before that still serves', async () => {
  const served = upgraded(
    '20261126T1110_sources_of_apps.sql',
    async (_client, app) => {
      const node = new pg.Client(app);
      node.on('error', () => undefined);
      await node.connect();
      await node.query('select 1');
    },
    () => expect.unreachable(),
  );
  await expect(served).rejects.toMatchObject({
    message: expect.stringContaining('A node of an earlier version still serves'),
    mayPass: true,
  });
});

test('an installation that was set up before gets its operator: the organization that set-up created', async () => {
  const [first, second] = [newId(), newId()];
  await upgraded(
    '20261122T1500_operator.sql',
    async (client) => {
      await client.query(
        `insert into organizations (id, name, created_at) values ($1, 'Second', '2026-02-01'), ($2, 'First', '2026-01-01')`,
        [second, first],
      );
      await client.query('insert into setup (completed_at) values (now())');
    },
    async (client) => {
      const { rows } =
        await client.query(`select operator_id, (select bool_and(relforcerowsecurity) from pg_class
        where relname in ('setup', 'organizations')) as forced from setup`);
      expect(rows).toEqual([{ operator_id: first, forced: true }]);
    },
  );
});

test('an app that was made before is known to ask the sources of its draft and of its current release', async () => {
  const [id, ofDraft, ofRelease, ofOldRelease] = [newId(), newId(), newId(), newId()];
  const compiled = (source: string) => JSON.stringify({ sourceId: source });
  const queries = (source: string) =>
    `{"one":{"compiled":${compiled(source)}},"two":{"compiled":${compiled(source)}}}`;
  await upgraded(
    '20261126T1110_sources_of_apps.sql',
    async (client) => {
      await client.query(
        `insert into apps (id, organization_id, name, slug, audience, release_hash, created_by, updated_by)
         values ($1, $1, 'Desk', 'desk', '{}', 'new', $1, $1), (gen_random_uuid(), $1, 'New', 'new', '{}', null, $1, $1)`,
        [id],
      );
      await client.query(`insert into app_drafts values ($1, $1, 1, '{}', 'h')`, [id]);
      await client.query(`insert into app_draft_queries values ($1, $1, 'one', '{}', $2)`, [
        id,
        compiled(ofDraft),
      ]);
      await client.query(
        `insert into app_releases (app_id, organization_id, hash, number, note, pages, queries, published_by)
         values ($1, $1, 'old', 1, '', '{}', $2, $1), ($1, $1, 'new', 2, '', '{}', $3, $1)`,
        [id, queries(ofOldRelease), queries(ofRelease)],
      );
    },
    async (client) => {
      const { rows } =
        await client.query(`select sources, release_sources from apps left join app_drafts on app_id = id
        order by slug`);
      expect(rows).toEqual([
        { sources: [ofDraft], release_sources: [ofRelease] },
        { sources: null, release_sources: [] },
      ]);
    },
  );
});
