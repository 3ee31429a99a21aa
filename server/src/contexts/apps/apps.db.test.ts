import {
  type AppPages,
  type ConnectionSettings,
  type Credential,
  contract,
  type Draft,
  type SqlQuery,
} from '@sallyport/contract';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, type TestClient, testApp } from '../../../test/app.ts';
import {
  type CustomerDatabase,
  customerMariadb,
  customerPostgres,
  hasMariadb,
} from '../../../test/engines.ts';
import { asAdmin } from '../../../test/postgres-server.ts';

const { apps, gateway } = contract;

let app: TestApp;
let customer: CustomerDatabase;
let builder: TestClient;
let member: TestClient;
let sourceId: string;

beforeAll(async () => {
  [app, customer] = await Promise.all([testApp(), customerPostgres(15)]);
  await atCustomer(`
    create table orders (id bigint generated always as identity primary key, customer text not null, total numeric(12,2), paid boolean);
    insert into orders (customer, total, paid) select 'customer ' || i, i * 1.5, i % 2 = 0 from generate_series(1, 120) i`);
  const source = await connect('Shop', {
    settings: settingsOf(customer),
    credential: { kind: 'password', user: customer.user, password: customer.password },
  });
  sourceId = source.id;
  [builder, member] = [await app.person('builder'), await app.person('member')];
});
afterAll(async () => {
  await app?.stop();
  await customer?.close();
});

const settingsOf = ({ host, port, database }: CustomerDatabase) =>
  ({ engine: 'postgres', host, port, database, tls: 'off' }) as const;

/** The same in each environment. */
const connect = (name: string, there: { settings: ConnectionSettings; credential: Credential }) =>
  app.owner.ok(contract.sources.connectSource, {
    body: {
      name,
      environments: (['development', 'production'] as const).map((environment) => ({
        environment,
        ...there,
      })),
    },
  });

async function atCustomer(text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ ...customer, host: customer.host });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

const query = (text: string, more: Partial<SqlQuery> = {}): SqlQuery => ({
  kind: 'sql',
  source: 'shop',
  text,
  arguments: {},
  choices: {},
  maxRows: 1000,
  timeoutMs: 5000,
  run: 'manual',
  windowed: false,
  ...more,
});
const draftOf = (id: string): Promise<Draft> => builder.ok(apps.getDraft, { params: { id } });
const save = (id: string, name: string, document: SqlQuery) =>
  builder.call(apps.saveQuery, { params: { id, name }, body: { document } });

async function published(name: string, queries: Record<string, SqlQuery>) {
  const row = await builder.ok(apps.createApp, { body: { name } });
  for (const [queryName, document] of Object.entries(queries))
    expect((await save(row.id, queryName, document)).status).toBe(200);
  return { row, release: await publishNow(row.id) };
}

/** As many at one time, so that some look before the others have taken. */
const atOnce = <T>(work: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 8 }, (_, i) => work(i)));

async function publishNow(id: string) {
  const { hash } = await builder.ok(apps.planRelease, { params: { id } });
  return builder.ok(apps.publish, { params: { id }, body: { hash } });
}
/** What the newest record of an event says. */
async function recorded(event: string) {
  const { items } = await app.owner.ok(contract.audit.listAuditRecords, { query: { event, limit: 1 } });
  return items[0]?.data;
}
const runAs = (person: TestClient, release: string, name: string, args: Record<string, never> = {}) =>
  person.call(gateway.run, { body: { release, query: name, arguments: args } });

describe('an address of its own', () => {
  it('apps made at one time under one name each get one', async () => {
    const rows = await atOnce(() => builder.ok(apps.createApp, { body: { name: 'At once' } }));
    expect(new Set(rows.map((row) => row.slug)).size).toBe(rows.length);
  });
  it('of two that change to one address, one gets it and the other is told', async () => {
    const rows = await atOnce((i) => builder.ok(apps.createApp, { body: { name: `Wants it ${i}` } }));
    const answers = await atOnce((i) =>
      builder.call(apps.changeApp, { params: { id: rows[i]!.id }, body: { slug: 'wanted' } }),
    );
    const codes = answers.map((answer) => answer.problem?.code ?? 'got it').sort();
    expect(codes).toEqual([...Array(rows.length - 1).fill('app_slug_taken'), 'got it']);
  });
});

it('what is done to one app is done to no other, and to one query to no other', async () => {
  const two = { one: query('select 1 as one'), other: query('select 2 as two') };
  const [at, beside] = [await published('Worked at', two), await published('Left alone', two)];
  const { id } = at.row;
  await builder.ok(apps.exportApp, { params: { id: beside.row.id } });
  /** The rows of every table that are of the app. */
  const kept = (app_: string) =>
    asAdmin(app.ownerUrl, async (client) => {
      const rows = async (table: string, key: string) =>
        (await client.query(`select * from ${table} t where ${key} = $1 order by t::text`, [app_])).rows;
      return {
        apps: await rows('apps', 'id'),
        drafts: await rows('app_drafts', 'app_id'),
        queries: await rows('app_draft_queries', 'app_id'),
        releases: await rows('app_releases', 'app_id'),
        copies: await rows('app_draft_copies', 'app_id'),
      };
    });
  const before = await kept(beside.row.id);
  const { pages, version } = await draftOf(id);
  const params = { id };
  await builder.ok(apps.savePages, { params, body: { version, pages: { ...pages, variables: { a: 1 } } } });
  await builder.ok(apps.changeApp, { params, body: { name: 'Named anew', slug: 'named-anew' } });
  const bundle = await builder.ok(apps.exportApp, { params });
  expect((await save(id, 'one', query('select 3 as three'))).status).toBe(200);
  expect((await draftOf(id)).queries.other?.document).toMatchObject(two.other);
  const { hash } = await publishNow(id);
  const openedAt = async (slug: string) => {
    const { release, pages } = await member.ok(apps.openApp, { params: { slug } });
    return [release.hash, pages.variables];
  };
  expect(await openedAt(beside.row.slug)).toEqual([beside.release.hash, {}]);
  expect(await openedAt('named-anew')).toEqual([hash, { a: 1 }]);
  await builder.ok(apps.rollBack, { params, body: { hash: at.release.hash } });
  expect(await openedAt('named-anew')).toEqual([at.release.hash, {}]);
  expect((await draftOf(id)).pages.variables).toEqual({ a: 1 });
  expect((await draftOf(beside.row.id)).pages.variables).toEqual({});
  const released = async (app_: string) => {
    const [row] = (await builder.ok(apps.listApps, { query: { app: app_ } })).items;
    const { items } = await builder.ok(apps.listReleases, { params: { id: app_ } });
    return [row?.release?.hash, items.map((one) => one.hash)];
  };
  expect(await released(beside.row.id)).toEqual([beside.release.hash, [beside.release.hash]]);
  expect(await released(id)).toEqual([at.release.hash, [hash, at.release.hash]]);
  await builder.ok(apps.removeQuery, { params: { id, name: 'one' } });
  expect(Object.keys((await draftOf(id)).queries)).toEqual(['other']);
  await builder.ok(apps.importApp, { body: { bundle, appId: id, replace: true } });
  expect(await kept(beside.row.id)).toEqual(before);

  expect((await kept(id)).releases.map((row) => row.hash).sort()).toEqual([at.release.hash, hash].sort());
  await builder.ok(apps.removeApp, { params });
  expect(Object.values(await kept(id)).flat()).toEqual([]);
  expect(await kept(beside.row.id)).toEqual(before);
});

describe('A3 saving pages', () => {
  it('raises the version, and refuses one that was made from an older', async () => {
    const { id } = await builder.ok(apps.createApp, { body: { name: 'Versions' } });
    const draft = await draftOf(id);
    const pages: AppPages = { ...draft.pages, variables: { a: 1 } };
    const saved = await builder.ok(apps.savePages, {
      params: { id },
      body: { version: draft.version, pages },
    });
    expect(saved.version).toBe(draft.version + 1);
    const late = await app.owner.call(apps.savePages, {
      params: { id },
      body: { version: draft.version, pages: draft.pages },
    });
    expect(late.problem).toMatchObject({ code: 'draft_conflict', extra: { version: saved.version } });
    const { pages: kept, changedByYou } = await draftOf(id);
    expect([kept.variables, changedByYou]).toEqual([{ a: 1 }, true]);
    const seen = await app.owner.ok(apps.getDraft, { params: { id } });
    expect(seen.changedByYou, 'of somebody else').toBe(false);
  });
  it('of two at one time, one wins', async () => {
    const { id } = await builder.ok(apps.createApp, { body: { name: 'Race' } });
    const { version, pages } = await draftOf(id);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        builder.call(apps.savePages, {
          params: { id },
          body: { version, pages: { ...pages, variables: { n } } },
        }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409]);
  });
});

describe('A5 saving a query', () => {
  it('compiles it, and keeps what was there when the new text cannot be bound', async () => {
    const { id } = await builder.ok(apps.createApp, { body: { name: 'Compile' } });
    await save(id, 'one', query('select id from orders where customer = {{ name.value }}'));
    const refused = await save(id, 'one', query("select id from orders where customer = '{{ name.value }}'"));
    expect(refused.status).toBe(422);
    expect(refused.problem?.places?.[0]?.at).toBe(40);
    const kept = (await draftOf(id)).queries.one;
    expect(kept?.compiled.statements).toEqual(['select id from orders where customer = $1']);
    expect(kept?.compiled.arguments).toMatchObject([{ name: 'name_value', origin: 'user', type: 'text' }]);
  });
  it('refuses to save over what somebody else saved since it was opened', async () => {
    const { id } = await builder.ok(apps.createApp, { body: { name: 'Queries at once' } });
    const put = (text: string, was: string | null, more: Partial<SqlQuery> = {}) =>
      builder.call(apps.saveQuery, {
        params: { id, name: 'one' },
        body: { document: { ...query(text), ...more }, was },
      });
    const begun = (await put('select id from orders', null)).body.query.digest;
    // What is asked before it runs is not in the compiled form, and is theirs all the same.
    const { digest, compiled } = (await put('select id from orders', begun, { confirm: 'Sure?' })).body.query;
    expect(compiled.hash).toBe((await draftOf(id)).queries.one?.compiled.hash);
    expect((await put('select id from orders limit 3', begun)).problem?.code).toBe('draft_conflict');
    expect((await put('select 1 as a', null)).problem?.code).toBe('draft_conflict');
    expect((await put('select id from orders limit 1', digest)).status).toBe(200);
    expect((await put('select id from orders limit 2', digest)).problem?.code).toBe('draft_conflict');
    expect((await draftOf(id)).queries.one?.compiled.statements).toEqual(['select id from orders limit 1']);
  });
  it('renames one, and neither takes another’s name nor one that is not there', async () => {
    const { id } = await builder.ok(apps.createApp, { body: { name: 'Renamed' } });
    for (const name of ['one', 'other']) await save(id, name, query(`select 1 as ${name}`));
    const rename = (from: string, name: string) =>
      builder.call(apps.saveQuery, {
        params: { id, name },
        body: { document: query('select 2 as two'), from },
      });
    expect((await rename('one', 'other')).problem?.code).toBe('query_name_taken');
    expect((await rename('gone', 'more')).problem?.code).toBe('draft_query_not_found');
    const names = async () => Object.keys((await draftOf(id)).queries);
    expect(await names()).toEqual(['one', 'other']);
    expect((await rename('one', 'two')).status).toBe(200);
    expect(await names()).toEqual(['other', 'two']);
    expect(await recorded('apps.query_saved')).toMatchObject({ query: 'two', from: 'one', effect: 'read' });
    const remove = () => builder.call(apps.removeQuery, { params: { id, name: 'one' } });
    expect((await remove()).problem?.code).toBe('draft_query_not_found');
  });
  it('refuses a name that a component has', async () => {
    const { id } = await builder.ok(apps.createApp, { body: { name: 'Names' } });
    const { version, pages } = await draftOf(id);
    const home = pages.pages.home!;
    const text = {
      type: 'text' as const,
      order: 'a0',
      layout: { x: 0, y: 0, w: 4, h: 2 },
      props: {},
      on: {},
    };
    await builder.ok(apps.savePages, {
      params: { id },
      body: { version, pages: { ...pages, pages: { home: { ...home, components: { taken: text } } } } },
    });
    expect((await save(id, 'taken', query('select 1 as one'))).problem?.code).toBe('query_name_taken');
    for (const name of ['currentUser', 'undefined'])
      expect((await save(id, name, query('select 1 as one'))).problem?.code, name).toBe(
        'app_document_invalid',
      );
    // It would be in the release, and in no list of the draft's queries.
    expect((await save(id, '__proto__', query('select 1 as one'))).problem?.code).toBe('input_invalid');
  });
});

describe('A6, A7 publishing', () => {
  it('needs the hash that was reviewed, and gives an immutable release', async () => {
    const row = await builder.ok(apps.createApp, { body: { name: 'Review' } });
    await save(row.id, 'list', query('select id from orders'));
    const plan = await builder.ok(apps.planRelease, { params: { id: row.id } });
    expect(plan.newStatements).toMatchObject([{ query: 'list', effect: 'read', replaces: null }]);
    await save(row.id, 'list', query('delete from orders', { expectRows: { atMost: 1 } }));
    expect(
      (await builder.call(apps.publish, { params: { id: row.id }, body: { hash: plan.hash } })).problem?.code,
    ).toBe('release_reviewed_differs');
    const next = await builder.ok(apps.planRelease, { params: { id: row.id } });
    expect(next.newWrites).toEqual(['list']);
    const publication = {
      params: { id: row.id },
      body: { hash: next.hash, note: 'First' },
      headers: { 'idempotency-key': 'published-once' },
    };
    const release = await builder.ok(apps.publish, publication);
    expect(release).toMatchObject({ hash: next.hash, number: 1, current: true, statements: 1, writes: 1 });
    expect(await recorded('apps.published')).toEqual({
      release: next.hash,
      number: 1,
      note: 'First',
      statements: 1,
      newStatements: 1,
      newWrites: ['list'],
    });
    // Who did not get the answer asks again.
    expect(await builder.ok(apps.publish, publication)).toEqual(release);
    expect(
      (await builder.call(apps.publish, { params: { id: row.id }, body: { hash: next.hash } })).problem?.code,
    ).toBe('release_unchanged');
  });
  it('names the first thousand of the queries that newly write on the record, and says how many there are', {
    timeout: 60_000,
  }, async () => {
    const row = await builder.ok(apps.createApp, { body: { name: 'Writes' } });
    await save(row.id, 'pay', query('update orders set paid = true where id = {{ id }}'));
    await asAdmin(app.ownerUrl, (client) =>
      client.query(
        `insert into app_draft_queries (app_id, organization_id, name, document, compiled)
         select app_id, organization_id, rpad('pay' || n, 63, '_'), document, compiled
         from app_draft_queries, generate_series(1, 4000) n where app_id = $1`,
        [row.id],
      ),
    );
    expect((await publishNow(row.id)).writes).toBe(4_001);
    const { items } = await app.owner.ok(contract.audit.listAuditRecords, {
      query: { event: 'apps.published', targetId: row.id },
    });
    expect(items[0]?.data.newWrites).toHaveLength(1_000);
    expect(items[0]?.data.newWritesInAll).toBe(4_001);
  });
  it('Q10 the plan says which columns are newly read and written, as the engine has them now', async () => {
    const row = await builder.ok(apps.createApp, { body: { name: 'Columns' } });
    await save(row.id, 'list', query('select id from orders'));
    const first = await builder.ok(apps.planRelease, { params: { id: row.id } });
    expect(first.newTables).toEqual([{ source: 'Shop', table: 'orders', access: 'read', columns: ['id'] }]);
    await builder.ok(apps.publish, { params: { id: row.id }, body: { hash: first.hash } });
    await save(row.id, 'list', query('select id, total from orders where paid'));
    await save(row.id, 'pay', query('update orders set paid = true where id = {{ id }}'));
    const next = await builder.ok(apps.planRelease, { params: { id: row.id } });
    expect(next.newColumns).toEqual([
      { source: 'Shop', table: 'orders', access: 'read', columns: ['paid', 'total'], whole: false },
    ]);
    expect(next.newTables).toEqual([{ source: 'Shop', table: 'orders', access: 'write', columns: ['paid'] }]);
    expect(next.manifest.queries[1]?.compiled.tables).toEqual([
      { name: 'orders', access: 'read', columns: ['id'] },
      { name: 'orders', access: 'write', columns: ['paid'] },
    ]);
    // A star holds a column that was made since the schema was last read.
    await save(row.id, 'all', query('select * from orders'));
    await atCustomer('alter table orders add column iban text');
    await save(row.id, 'all', query('select * from orders where paid'));
    const { queries } = await draftOf(row.id);
    expect(queries.all?.compiled.tables).toEqual([
      { name: 'orders', access: 'read', columns: ['customer', 'iban', 'id', 'paid', 'total'], whole: true },
    ]);
    await atCustomer('alter table orders drop column iban');
  });
  it('Q10 the plan names what the rules of an earlier version compiled, until it is saved again', async () => {
    const row = await builder.ok(apps.createApp, { body: { name: 'Earlier' } });
    await save(row.id, 'one', query('select 1 as one'));
    const told = async () => {
      const { problems } = await builder.ok(apps.planRelease, { params: { id: row.id } });
      return problems.filter(({ message }) => message.includes('earlier version'));
    };
    expect(await told()).toEqual([]);
    await asAdmin(app.ownerUrl, (client) =>
      client.query(
        `update app_draft_queries set compiled = jsonb_set(compiled, '{compiler}', '5') where app_id = $1`,
        [row.id],
      ),
    );
    expect(await told()).toEqual([{ blocking: false, message: expect.stringMatching(/^one was compiled/) }]);
    await save(row.id, 'one', query('select 1 as one'));
    expect(await told()).toEqual([]);
  });
  it('the application’s own role cannot change a release', async () => {
    const { release } = await published('Frozen', { one: query('select 1 as one') });
    const client = new pg.Client({ connectionString: app.ownerUrl });
    await client.connect();
    const { rows } = await client.query<{ role: string }>(
      "select rolname as role from pg_roles where rolname like 'sallyport_app_server_%' and has_database_privilege(rolname, current_database(), 'connect') and rolname = 'sallyport_app_' || current_database()",
    );
    await client.query(`set role ${rows[0]?.role}`);
    await client.query("select set_config('app.organization', $1, false)", [app.owner.me?.organization.id]);
    await expect(
      client.query("update app_releases set pages = '{}' where hash = $1", [release.hash]),
    ).rejects.toThrow(/permission denied/);
    await expect(client.query('delete from app_releases where hash = $1', [release.hash])).rejects.toThrow(
      /permission denied/,
    );
    await client.end();
  });
});

describe('A8 what may run', () => {
  it('a superseded release goes on, a rolled-back one stops, and so does a removed app', async () => {
    const { row, release: first } = await published('Turns', { one: query('select 1 as one') });
    await save(row.id, 'one', query('select 2 as one'));
    const second = await publishNow(row.id);
    expect((await runAs(member, first.hash, 'one')).status).toBe(200);
    expect((await runAs(member, second.hash, 'one')).text).toContain('"one":2');
    await builder.ok(apps.rollBack, { params: { id: row.id }, body: { hash: first.hash } });
    const back = { release: first.hash, number: 1, from: 2 };
    expect(await recorded('apps.rolled_back')).toEqual(back);
    const again = await builder.call(apps.rollBack, { params: { id: row.id }, body: { hash: first.hash } });
    expect(again.problem?.code).toBe('release_current');
    const { release: foreign } = await published('Another', { one: query('select 1 as one') });
    for (const refused of [
      await builder.call(apps.rollBack, { params: { id: row.id }, body: { hash: foreign.hash } }),
      await builder.call(apps.getManifest, { params: { id: row.id, hash: foreign.hash } }),
    ])
      expect(refused.problem?.code).toBe('app_release_not_found');
    // Every node hears of it by NOTIFY, within moments of the commit.
    await expect.poll(async () => (await runAs(member, second.hash, 'one')).status).toBe(404);
    expect((await runAs(member, first.hash, 'one')).text).toContain('"one":1');
    expect(await publishNow(row.id)).toMatchObject({ hash: second.hash, number: 2 });
    await expect.poll(async () => (await runAs(member, second.hash, 'one')).status).toBe(200);
    await builder.ok(apps.removeApp, { params: { id: row.id } });
    await expect.poll(async () => (await runAs(member, first.hash, 'one')).status).toBe(404);
  });
  it('what was rolled back stays stopped when another release follows, and an earlier end is not put off', async () => {
    const { row, release: first } = await published('Stays', { one: query('select 1 as one') });
    const next = async (text: string) => {
      await save(row.id, 'one', query(text));
      return publishNow(row.id);
    };
    const second = await next('select 2 as one');
    await builder.ok(apps.rollBack, { params: { id: row.id }, body: { hash: first.hash } });
    const ends = () =>
      asAdmin(app.ownerUrl, async (client) => {
        const text = 'select hash, superseded_at, withdrawn from app_releases where app_id = $1';
        return new Map((await client.query(text, [row.id])).rows.map((one) => [one.hash, one]));
      });
    const before = (await ends()).get(second.hash);
    expect(before).toMatchObject({ withdrawn: true });
    const third = await next('select 3 as one');
    await expect.poll(async () => (await runAs(member, third.hash, 'one')).status).toBe(200);
    expect((await runAs(member, second.hash, 'one')).status).toBe(404);
    expect((await runAs(member, first.hash, 'one')).status).toBe(200);
    expect((await ends()).get(second.hash)).toEqual(before);
  });
  it('nothing that cannot: what writes to a source that is only read is not published', async () => {
    const row = await builder.ok(apps.createApp, { body: { name: 'Blocked' } });
    await save(row.id, 'pay', query('update orders set paid = true where id = 1'));
    await save(row.id, 'list', query('select id from orders'));
    const unreleased = await builder.call(apps.openApp, { params: { slug: row.slug } });
    expect(unreleased.problem?.code).toBe('app_not_released');
    const open = (mode: 'read' | 'read-write') =>
      app.owner.ok(contract.sources.changeSource, { params: { id: sourceId }, body: { mode } });
    await open('read');
    const { hash } = await builder.ok(apps.planRelease, { params: { id: row.id } });
    const blocked = await builder.call(apps.publish, { params: { id: row.id }, body: { hash } });
    await open('read-write');
    expect(blocked.problem).toMatchObject({
      code: 'release_blocked',
      places: [{ message: 'pay writes, but Shop is read-only.' }],
    });
    await publishNow(row.id);
  });
  it('nothing that cannot: what asks a source without production, or one that is gone, is not published', async () => {
    const { settings } = (await app.owner.ok(contract.sources.getSource, { params: { id: sourceId } }))
      .environments[0]!;
    const credential = { kind: 'password' as const, user: customer.user, password: customer.password };
    const environments = [{ environment: 'development' as const, settings, credential }];
    const { id: trial } = await app.owner.ok(contract.sources.connectSource, {
      body: { name: 'Trial', environments },
    });
    const { id } = await builder.ok(apps.createApp, { body: { name: 'Tried' } });
    for (const name of ['one', 'other']) await save(id, name, query('select 1 as one', { source: 'trial' }));
    const blocked = async () => {
      const { hash } = await builder.ok(apps.planRelease, { params: { id } });
      const { problem } = await builder.call(apps.publish, { params: { id }, body: { hash } });
      return [problem?.code, ...(problem?.places ?? []).map(({ message }) => message)];
    };
    const lacking = 'Trial has no production connection yet. Add one under Data sources.';
    expect(await blocked()).toEqual(['release_blocked', lacking]);
    await app.owner.ok(contract.sources.removeSource, { params: { id: trial } });
    expect(await blocked()).toEqual(['release_blocked', 'The data source used by other was removed.']);
  });
  it('only for the audience', async () => {
    const { row, release } = await published('Few', { one: query('select 1 as one') });
    await builder.ok(apps.changeApp, {
      params: { id: row.id },
      // As one keyboard writes it; below, as another does.
      body: { audience: { everyone: false, groups: ['e\u0301quipe'] } },
    });
    await expect.poll(async () => (await runAs(member, release.hash, 'one')).status).toBe(403);
    expect((await member.call(apps.openApp, { params: { slug: row.slug } })).status).toBe(403);
    expect((await member.ok(apps.listApps)).items.map((one) => one.slug)).not.toContain(row.slug);
    const listed = async () => (await member.ok(apps.listApps, { query: { app: row.id } })).items;
    expect(await listed()).toEqual([]);
    await app.owner.ok(contract.identity.changePerson, {
      params: { id: member.me?.person.id ?? '' },
      body: { groups: ['\u00e9quipe'] },
    });
    await expect.poll(async () => (await runAs(member, release.hash, 'one')).status).toBe(200);
    expect((await listed()).map((one) => one.slug)).toEqual([row.slug]);
    expect((await member.ok(apps.openApp, { params: { slug: row.slug } })).queries.one).not.toHaveProperty(
      'statements',
    );
    await app.owner.ok(contract.identity.changePerson, {
      params: { id: member.me?.person.id ?? '' },
      body: { groups: [] },
    });
    await expect.poll(async () => (await runAs(member, release.hash, 'one')).status).toBe(403);
  });
});

describe('the apps that ask a data source', () => {
  it('are those whose draft or current release does, told to who may edit', async () => {
    const slugsOf = async (source: string) =>
      (await builder.ok(apps.listApps, { query: { source } })).items.map((one) => one.slug);
    const none = await builder.ok(apps.createApp, { body: { name: 'Asks nothing' } });
    const row = await builder.ok(apps.generateApp, {
      body: {
        name: 'Asks the shop',
        sourceId,
        environment: 'development',
        schema: 'public',
        table: 'orders',
      },
    });
    expect(await slugsOf(sourceId)).toContain(row.slug);
    await publishNow(row.id);
    const { queries } = await builder.ok(apps.getDraft, { params: { id: row.id } });
    for (const name of Object.keys(queries))
      await builder.ok(apps.removeQuery, { params: { id: row.id, name } });
    const asking = await slugsOf(sourceId);
    expect(asking, 'its release still does').toContain(row.slug);
    expect(asking).not.toContain(none.slug);
    expect(await slugsOf('00000000-0000-4000-8000-000000000000')).toEqual([]);
    expect((await member.call(apps.listApps, { query: { source: sourceId } })).status).toBe(403);
  });
});

describe('A4 a generated app works at once', () => {
  it('does with a table what no rule of the database takes over, and says what one does', async () => {
    await atCustomer(`create table ruled (id int primary key, v text);
      create rule instead_of as on update to ruled do instead nothing;
      create rule beside as on delete to ruled do also notify gone`);
    const row = await builder.ok(apps.generateApp, {
      body: { name: 'Ruled', sourceId, environment: 'development', schema: 'public', table: 'ruled' },
    });
    const { queries, pages } = await builder.ok(apps.getDraft, { params: { id: row.id } });
    expect(Object.keys(queries)).toEqual(['create_ruled', 'delete_ruled', 'list_ruled']);
    expect(pages.pages.home?.components.form_note?.props.text).toBe(
      'The database does not allow this data source to change rows.',
    );
  });

  it.skipIf(!hasMariadb)(
    'over MySQL and MariaDB: without deleting, where a refusal alone tells of that, and with truth values',
    async () => {
      const shop = await customerMariadb();
      const admin = await mysql.createConnection(shop.adminUrl);
      await admin.query(
        'create table archived (id int primary key, v text, sealed tinyint(1) unsigned not null)',
      );
      await admin.query(`revoke delete on ${shop.database}.* from ${shop.user}@'%'`);
      const { id: from } = await connect('Archive', {
        settings: { engine: 'mysql', host: shop.host, port: shop.port, database: shop.database, tls: 'off' },
        credential: { kind: 'password', user: shop.user, password: shop.password },
      });
      const { id } = await builder.ok(apps.generateApp, {
        body: {
          name: 'Archived',
          sourceId: from,
          environment: 'development',
          schema: shop.database,
          table: 'archived',
        },
      });
      const { queries, pages } = await builder.ok(apps.getDraft, { params: { id } });
      expect(Object.keys(queries)).toEqual(['create_archived', 'list_archived', 'update_archived']);
      const { form_note, new_sealed, edit_sealed } = pages.pages.home?.components ?? {};
      expect(form_note?.props.text).toMatch(/ to delete rows\.$/);
      expect([new_sealed?.type, edit_sealed?.type]).toEqual(['checkbox', 'checkbox']);
      await admin.end();
      await shop.close();
    },
  );

  it('with what the role of its source may do, column by column', async () => {
    const role = `${customer.database}_clerk`;
    await atCustomer(
      'create table tickets (id int primary key, subject text not null, status text, secret text)',
    );
    await asAdmin(customer.adminUrl, (admin) =>
      admin.query(`create role ${role} login password 'a-password';
        grant select (id, subject, status), insert (id, subject), update (status) on tickets to ${role}`),
    );
    const source = await connect('Clerk', {
      settings: settingsOf(customer),
      credential: { kind: 'password', user: role, password: 'a-password' },
    });
    const row = await builder.ok(apps.generateApp, {
      body: {
        name: 'Tickets',
        sourceId: source.id,
        environment: 'development',
        schema: 'public',
        table: 'tickets',
      },
    });
    const release = await publishNow(row.id);
    const { queries } = await member.ok(apps.openApp, { params: { slug: row.slug } });
    expect(Object.keys(queries).sort()).toEqual(['create_tickets', 'list_tickets', 'update_tickets']);
    const done = async (name: string, ...values: readonly (string | number | null)[]) => {
      const named = queries[name]?.arguments.map((one, i) => [one.name, values[i]!]) ?? [];
      const answer = await member.call(gateway.run, {
        body: { release: release.hash, query: name, arguments: Object.fromEntries(named) },
      });
      return [answer.status, named.length];
    };
    expect(await done('create_tickets', 1, 'broken')).toEqual([200, 2]);
    expect(await done('update_tickets', 'open', 1, null)).toEqual([200, 3]);
    expect(await done('list_tickets')).toEqual([200, 0]);
    expect((await atCustomer('select * from tickets')).rows).toEqual([
      { id: 1, subject: 'broken', status: 'open', secret: null },
    ]);
    await asAdmin(customer.adminUrl, (admin) => admin.query(`drop owned by ${role}; drop role ${role}`));
  });

  it('is of the table as it is, whatever it was when the schema was read', async () => {
    await atCustomer('create table turned (id int primary key, gone text)');
    const params = { id: sourceId, environment: 'development' as const };
    await builder.ok(contract.catalog.getCatalog, { params, query: { refresh: 'true' } });
    await atCustomer('alter table turned drop column gone; alter table turned add come text');
    const { id } = await builder.ok(apps.generateApp, {
      body: { name: 'Turned', sourceId, environment: 'development', schema: 'public', table: 'turned' },
    });
    const { pages } = await builder.ok(apps.getDraft, { params: { id } });
    expect(Object.keys(pages.pages.home?.components ?? {})).toContain('edit_come');
  });

  it('makes a row with lists of lists, figures without digits and long ones, and texts too long are refused', async () => {
    await atCustomer(`create table readings (id int generated always as identity primary key,
      matrix int[] not null, sums numeric[] not null, words varchar(3)[] not null)`);
    const row = await builder.ok(apps.generateApp, {
      body: { name: 'Readings', sourceId, environment: 'development', schema: 'public', table: 'readings' },
    });
    const release = await publishNow(row.id);
    const { queries } = await member.ok(apps.openApp, { params: { slug: row.slug } });
    const names = queries.create_readings?.arguments.map((argument) => argument.name) ?? [];
    const make = (...texts: readonly string[]) =>
      member.call(gateway.run, {
        body: {
          release: release.hash,
          query: 'create_readings',
          arguments: Object.fromEntries(names.map((name, i) => [name, texts[i]!])),
        },
      });
    const matrix = '[[1, 2], [3, null]]';
    const sums = '["NaN", 12345678901234567890.5]';
    expect((await make(matrix, sums, '["abcd"]')).status).not.toBe(200);
    expect((await make(matrix, sums, '["a\\"c", "ü"]')).status).toBe(200);
    const { rows } = await atCustomer('select matrix::text, sums::text, words::text from readings');
    expect(rows).toEqual([
      { matrix: '{{1,2},{3,NULL}}', sums: '{NaN,12345678901234567890.5}', words: '{"a\\"c",ü}' },
    ]);
  });

  it('lists, creates, updates what was seen, and deletes', async () => {
    const row = await builder.ok(apps.generateApp, {
      body: { name: 'Orders', sourceId, environment: 'development', schema: 'public', table: 'orders' },
    });
    const release = await publishNow(row.id);
    const listed = await member.call(gateway.run, {
      body: {
        release: release.hash,
        query: 'list_orders',
        window: { limit: 2, sort: [{ column: 'id', direction: 'desc' }], total: true, search: 'customer 11' },
      },
    });
    expect(JSON.parse(listed.text)).toMatchObject({
      rows: [{ id: '119', customer: 'customer 119', total: '178.50' }, { id: '118' }],
      end: { total: 11 },
    });
    const signature = (await member.ok(apps.openApp, { params: { slug: row.slug } })).queries;
    const names = (name: string) => signature[name]?.arguments.map((argument) => argument.name) ?? [];
    expect(names('create_orders')).toHaveLength(3);
    const [created] = (await atCustomer('select max(id) as id from orders')).rows;
    const create = await member.call(gateway.run, {
      body: {
        release: release.hash,
        query: 'create_orders',
        arguments: Object.fromEntries(
          names('create_orders').map((name, i) => [name, ['new', '1.25', true][i]!]),
        ),
      },
    });
    expect(create.status).toBe(200);
    expect((await atCustomer('select max(id) as id from orders')).rows[0].id).toBe(
      String(Number(created.id) + 1),
    );
  });
});

describe('A9 export and import', () => {
  it('round-trips, and names no id and no credential', async () => {
    const { row } = await published('Travels', {
      list: query('select id, customer from orders where total > {{ least.value }}', { windowed: true }),
    });
    const bundle = await builder.ok(apps.exportApp, { params: { id: row.id } });
    expect(JSON.stringify(bundle)).not.toContain(sourceId);
    const copy = await builder.ok(apps.importApp, { body: { bundle } });
    expect(copy.slug).toBe('travels-2');
    expect(await builder.ok(apps.exportApp, { params: { id: copy.id } })).toEqual(bundle);
  });
  it('is all or nothing', async () => {
    const before = (await builder.ok(apps.listApps)).items.length;
    const bundle = {
      format: 'sallyport.app/1' as const,
      name: 'Half',
      home: 'home',
      pages: { home: { title: 'Home', order: 'a0' } },
    };
    const bad = await builder.call(apps.importApp, {
      body: {
        bundle: {
          ...bundle,
          queries: { good: query('select 1 as one'), bad: query("select '{{ x }}' as x") },
        },
      },
    });
    expect(bad.problem).toMatchObject({ code: 'app_document_invalid', places: [{ path: 'queries.bad' }] });
    const over = (source: string) => ({ ...query('select 1 as one'), source });
    const missing = await builder.call(apps.importApp, {
      body: {
        bundle: { ...bundle, queries: { one: over('nowhere'), two: over('gone'), three: over('gone') } },
      },
    });
    expect(missing.problem).toMatchObject({
      code: 'import_source_missing',
      title: 'The bundle needs data sources that are not connected here: gone, nowhere.',
    });
    const broken = await builder.call(apps.importApp, { body: { bundle: { ...bundle, home: 'nowhere' } } });
    expect(broken.problem?.code).toBe('app_document_invalid');
    expect((await builder.ok(apps.listApps)).items).toHaveLength(before);
  });
});

describe('A9 what could not be imported again is not saved', () => {
  const large = query(`select 1 as one -- ${'é'.repeat(45_000)}`);
  it('neither pages nor a query; what makes a draft smaller is, though it is too large still', {
    timeout: 60_000,
  }, async () => {
    const { id } = await builder.ok(apps.createApp, { body: { name: 'Large' } });
    await save(id, 'large', large);
    /** A variable of so many letters, as if it had been saved. */
    const put = (letters: number) =>
      asAdmin(app.ownerUrl, (client) =>
        client.query(
          `update app_drafts set pages = jsonb_set(pages, '{variables,text}', to_jsonb(repeat('x', $2))) where app_id = $1`,
          [id, letters],
        ),
      );
    await put(8_250_000);
    expect((await save(id, 'another', large)).problem?.code).toBe('app_too_large');
    const bundle = await builder.ok(apps.exportApp, { params: { id } });
    expect((await builder.call(apps.importApp, { body: { bundle, appId: id } })).status).toBe(201);
    const { home, pages, variables } = bundle;
    const more = { home, pages, variables: { ...variables, more: 'x'.repeat(100_000) } } as AppPages;
    const saved = await builder.call(apps.savePages, { params: { id }, body: { version: 3, pages: more } });
    expect(saved.problem?.code).toBe('app_too_large');
    await put(8_500_000);
    expect((await save(id, 'large', query('select 1 as one'))).status).toBe(200);
  });
  it('nor one more than so many parts', async () => {
    const { id } = await builder.ok(apps.createApp, { body: { name: 'Parts' } });
    const { version, pages } = await draftOf(id);
    const variables = Object.fromEntries(Array.from({ length: 4_998 }, (_, i) => [`v${i}`, i]));
    await builder.ok(apps.savePages, { params: { id }, body: { version, pages: { ...pages, variables } } });
    expect((await save(id, 'last', query('select 1 as one'))).status).toBe(200);
    expect((await save(id, 'more', query('select 1 as one'))).problem?.title).toContain('5,000 pages');
    expect((await save(id, 'last', query('select 2 as one'))).status).toBe(200);
  });
});

describe('A10 an import over a draft', () => {
  it('is refused, with who and when, once somebody changed the draft since it was exported; then exported or replaced', async () => {
    const { id } = await builder.ok(apps.createApp, { body: { name: 'Shared' } });
    const take = (who: TestClient) => who.ok(apps.exportApp, { params: { id } });
    const bundle = await take(builder);
    const put = (who: TestClient, more = {}) =>
      who.call(apps.importApp, { body: { bundle, appId: id, ...more } });
    expect((await put(builder)).status).toBe(201);
    expect((await put(builder)).status).toBe(201);
    // Whoever never took it out knows nothing of what is there.
    expect((await put(app.owner)).problem).toMatchObject({ code: 'draft_changed_since_export' });
    const saved = await app.owner.call(apps.saveQuery, {
      params: { id, name: 'mine' },
      body: { document: query('select 1 as one') },
    });
    expect(saved.status).toBe(200);
    const { name } = (await app.owner.ok(contract.identity.getMe)).person;
    expect((await put(builder)).problem).toMatchObject({
      status: 409,
      title: expect.stringMatching(
        new RegExp(`^${name} changed this app at \\d{4}-.* UTC, after your last export\\.`),
      ),
    });
    expect(Object.keys((await draftOf(id)).queries)).toEqual(['mine']);
    expect((await put(builder, { replace: true })).status).toBe(201);
    expect((await draftOf(id)).queries).toEqual({});
    await save(id, 'own', query('select 2 as two'));
    expect((await put(builder)).problem?.title).toMatch(/^You changed this app/);
    await take(builder);
    expect((await put(builder)).status).toBe(201);
  });
});
