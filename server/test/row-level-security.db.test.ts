import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { Sql } from '../src/platform/db/sql.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { asAdmin } from './postgres-server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

const rows = async (text: string): Promise<Record<string, unknown>[]> =>
  (await asAdmin(database.ownerUrl, (client) => client.query(text))).rows;

/** Tables of ours that belong to an organization. */
const TENANT = `select c.oid, c.relname as name, c.relrowsecurity, c.relforcerowsecurity, a.attnotnull, a.atttypid
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`;
const OWN = `select c.oid, c.relname as name from pg_class c
  where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and c.relnamespace = 'public'::regnamespace`;

test('row-level security is enabled and forced on every tenant table, which names its organization', async () => {
  expect(await rows(`select count(*)::int > 0 as some from (${TENANT}) t`)).toEqual([{ some: true }]);
  const bad = await rows(`select name from (${TENANT}) t
    where not relrowsecurity or not relforcerowsecurity or not attnotnull or atttypid <> 'uuid'::regtype`);
  expect(bad).toEqual([]);
});

test('every tenant table has a policy for the app role, and each compares with the organization and nothing else', async () => {
  const rule = '(organization_id = current_organization())';
  const bad = await rows(`select t.name, p.polname
    from (${TENANT}) t left join pg_policy p on p.polrelid = t.oid
      and (p.polroles = '{0}' or 'sallyport_app'::regrole = any(p.polroles))
    where has_table_privilege('sallyport_app', t.oid, 'select')
      and (p.oid is null or pg_get_expr(p.polqual, p.polrelid) is distinct from '${rule}'
        or p.polcmd <> 'r' and pg_get_expr(p.polwithcheck, p.polrelid) is distinct from '${rule}')`);
  expect(bad).toEqual([]);
});

test('of what belongs to no organization, the app role sees its own organization and its people', async () => {
  const open = await rows(`select o.name, p.polcmd as command, pg_get_expr(p.polqual, p.polrelid) as using,
      pg_get_expr(p.polwithcheck, p.polrelid) as check
    from (${OWN}) o join pg_policy p on p.polrelid = o.oid
    where (p.polroles = '{0}' or 'sallyport_app'::regrole = any(p.polroles))
      and o.oid not in (select oid from (${TENANT}) t) order by name`);
  const own = '(id = current_organization())';
  expect(open).toEqual([
    { name: 'organizations', command: '*', using: own, check: own },
    {
      name: 'people',
      command: 'r',
      using: expect.stringMatching(
        /^\(EXISTS .*person_id = people\.id\) AND .*organization_id = current_organization\(\)/s,
      ),
      check: null,
    },
  ]);
  // One row each, of the whole installation.
  const unguarded =
    await rows(`select c.relname as name from pg_class c where c.oid in (select oid from (${OWN}) o)
    and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity) order by name`);
  expect(unguarded.map(({ name }) => name)).toEqual(['audit_log', 'schema_migrations', 'vault_root']);
});

test('what proves who somebody is, and what keys are sealed under, the app role cannot read', async () => {
  const closed = await rows(`select o.name, coalesce(
      string_agg(a.attname, ' ' order by a.attname) filter (where has_any_column_privilege('sallyport_app', o.oid, 'select')),
      '*') as columns
    from (${OWN}) o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
    where not has_column_privilege('sallyport_app', o.oid, a.attnum, 'select') group by o.name order by o.name`);
  expect(Object.fromEntries(closed.map(({ name, columns }) => [name, columns]))).toEqual({
    audit_log: 'begun created_at sealed_private_key singleton',
    credentials: '*',
    familiar_addresses: '*',
    invitations: 'token_hash',
    password_resets: '*',
    people: 'last_organization_id second_factor_reset_at',
    recovery_codes: '*',
    schema_migrations: '*',
    sessions: 'token_hash',
    setup: '*',
    sign_in_throttle: '*',
    vault_root: '*',
  });
});

test('the roles that serve own nothing, are nobody special, and may not make anything', async () => {
  expect(
    await rows(`select count(*)::int as owned from pg_class
      where relowner in ('sallyport_app'::regrole, 'sallyport_system'::regrole)`),
  ).toEqual([{ owned: 0 }]);
  expect(
    await rows(`select rolname from pg_roles where rolname like 'sallyport\\_%'
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`),
  ).toEqual([]);
  expect(
    await rows(`select has_schema_privilege('sallyport_app', 'public', 'create') as app,
      has_schema_privilege('sallyport_system', 'public', 'create') as system`),
  ).toEqual([{ app: false, system: false }]);
});

test('no table can be emptied, referenced or given triggers by the roles that serve', async () => {
  expect(
    await rows(`select t.name, r.role from (${OWN}) t, (values ('sallyport_app'), ('sallyport_system')) r(role)
      where has_table_privilege(r.role, t.oid, 'truncate') or has_table_privilege(r.role, t.oid, 'trigger')
        or has_table_privilege(r.role, t.oid, 'references')`),
  ).toEqual([]);
});

test('no function runs with its owner’s rights without a fixed search path', async () => {
  expect(
    await rows(`select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
      and not exists (select from unnest(coalesce(proconfig, '{}')) s where s like 'search_path=%')`),
  ).toEqual([]);
});

test('every foreign key is indexed', async () => {
  const bad = await rows(`select k.conrelid::regclass::text as name, k.conname from pg_constraint k
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not exists (
      select from pg_index i where i.indrelid = k.conrelid and i.indpred is null
        and (select array_agg(x order by x) from unnest((i.indkey::int2[])[0:cardinality(k.conkey) - 1]) x)
          = (select array_agg(x order by x) from unnest(k.conkey) x))`);
  expect(bad).toEqual([]);
});

test('without an organization, and for an unknown one, no tenant table shows a row', async () => {
  const tables = await rows(
    `select name from (${TENANT}) t where has_table_privilege('sallyport_app', t.oid, 'select')`,
  );
  // Where there is nothing to see, this would say nothing.
  const [own] =
    await rows(`with o as (insert into organizations (id, name) values (gen_random_uuid(), 'Acme') returning id),
      p as (insert into people (id, email, name) values (gen_random_uuid(), 'ada@example.com', 'Ada') returning id)
    insert into memberships (organization_id, person_id, role, groups) select o.id, p.id, 'owner', '{}' from o, p
    returning organization_id as id`);
  const client = new pg.Client(database.appConfig);
  await client.connect();
  for (const { name } of tables) {
    for (const organization of ['', newId()]) {
      await client.query('begin');
      await client.query("select set_config('app.organization', $1, true)", [organization]);
      const seen = await client.query(`select 1 from ${pg.escapeIdentifier(String(name))} limit 1`);
      expect(seen.rowCount, String(name)).toBe(0);
      await client.query('rollback');
    }
  }
  await client.query("select set_config('app.organization', $1, false)", [own?.id]);
  expect((await client.query('select from memberships')).rowCount).toBe(1);
  await client.end();
});

test('one call holds one statement: none behind it can name another organization', async () => {
  const two = new Sql(["select set_config('app.organization', '', true); select 1 as one"], []);
  await expect(database.db.tenant(newId(), (tx) => tx.many(two))).rejects.toMatchObject({ code: '42601' });
});

test('the control sees what it looks for: a tenant table without policies', async () => {
  await asAdmin(database.ownerUrl, (client) =>
    client.query('create table careless (organization_id uuid not null)'),
  );
  expect(await rows(`select name from (${TENANT}) t where not relforcerowsecurity`)).toEqual([
    { name: 'careless' },
  ]);
});
