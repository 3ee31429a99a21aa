/** D1 and D2: what sources hold, and what opens them, is found nowhere but on its way. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '@sallyport/contract';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, type TestClient, testApp } from './app.ts';
import { type CustomerDatabase, customerPostgres } from './engines.ts';
import { type ReleasedQueries, releasedQueries } from './released-queries.ts';

const ROW = 'canary-row-5b1e77';
const TYPED = 'canary-typed-90cc41';

let app: TestApp;
let customer: CustomerDatabase;
let released: ReleasedQueries;
let member: TestClient;
const answers: string[] = [];

beforeAll(async () => {
  [app, customer] = await Promise.all([testApp(), customerPostgres(15)]);
  await inDatabase(
    `postgres://${customer.user}:${customer.password}@${customer.host}:${customer.port}/${customer.database}`,
    `create table people (id integer primary key, email text unique not null, note text);
     create function fails(text) returns int language plpgsql as
       $$ begin raise exception '${ROW} %', $1 using errcode = 'ZZ001'; end $$;
     insert into people select i, '${ROW}-' || i || '@example.com', repeat('${ROW} ', 50) from generate_series(1, 3000) i`,
  );
  released = await releasedQueries(app, customer, 'postgres', {
    all: { text: 'select id, email, note from people', windowed: true },
    one: { text: 'select email from people where email = {{ email.value }}' },
    twice: { text: 'insert into people (id, email) values ({{ id.value }}, {{ email.value }})' },
    broken: { text: 'select (email || {{ x.value }})::integer as broken from people limit 1' },
    failing: { text: 'select fails({{ x.value }}) as failing' },
  });
  member = await app.person('member');
});
afterAll(async () => {
  await app?.stop();
  await customer?.close();
});

async function inDatabase<T extends object>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows ?? [];
  } finally {
    await client.end();
  }
}

/** Every row of every table of Sallyport's own database, the server's log, and the files of its data directory. */
async function everythingKept(): Promise<string> {
  const tables = await inDatabase<{ name: string }>(
    app.ownerUrl,
    "select quote_ident(relname) as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
  );
  const rows = await Promise.all(
    tables.map(({ name }) =>
      inDatabase<{ text: string | null }>(
        app.ownerUrl,
        `select string_agg(t::text, ' ') as text from ${name} t`,
      ),
    ),
  );
  return [...rows.map(([row]) => row?.text ?? ''), app.log(), ...filesIn(app.dataDirectory)].join('\n');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [readFileSync(path, 'latin1')];
  });
}

describe('D2 rows and arguments are not kept', () => {
  it('reads, windows, writes, drafts and failures leave nothing behind', async () => {
    const runs = [
      released.run(member, { query: 'all' }),
      released.run(member, { query: 'all', window: { search: TYPED, total: true } }),
      released.run(member, {
        query: 'all',
        window: { filters: [{ column: 'email', operator: 'contains', value: TYPED }] },
      }),
      released.run(member, { query: 'one', arguments: { email_value: `${TYPED}@example.com` } }),
      released.run(member, {
        query: 'twice',
        arguments: { id_value: 1, email_value: `${ROW}-1@example.com` },
      }),
      released.run(member, { query: 'broken', arguments: { x_value: TYPED } }),
      released.run(member, { query: 'failing', arguments: { x_value: TYPED } }),
      released.runDraft(app.owner, { query: 'all' }),
      released.runDraft(app.owner, { query: 'broken', arguments: { x_value: TYPED } }),
    ];
    const seen = await Promise.all(runs);
    answers.push(...seen.map((answer) => answer.text));
    expect(answers[0]).toContain(ROW);
    const none = undefined;
    expect(seen.map((answer) => answer.problem?.code)).toEqual([
      none,
      none,
      none,
      none,
      'source_constraint_violated',
      'source_refused_statement',
      'source_failed',
      none,
      'source_refused_statement',
    ]);
    const kept = await everythingKept();
    expect(kept).toContain('gateway.ran');
    expect(kept).not.toContain(ROW);
    expect(kept).not.toContain(TYPED);
  });
  it('the search would find it, were it there', async () => {
    await app.owner.ok(contract.gateway.setConstant, { params: { name: 'kept' }, body: { value: TYPED } });
    expect(await everythingKept()).toContain(TYPED);
  });
  it('a member is not told what the database said, and a builder is', async () => {
    const [toMember, toBuilder] = [
      await released.run(member, { query: 'broken', arguments: { x_value: 'x' } }),
      await released.runDraft(app.owner, { query: 'broken', arguments: { x_value: 'x' } }),
    ];
    expect(toMember.text).not.toContain(ROW);
    expect(toMember.problem?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(toBuilder.text).toContain('invalid input syntax');
  });
});

describe('D1 what opens a source leaves by no answer', () => {
  it('neither host, port, database, role nor password is in what a member gets', async () => {
    const opened = await member.call(contract.apps.openApp, {
      params: { slug: (await member.ok(contract.apps.listApps)).items[0]?.slug ?? '' },
    });
    const everything = [opened.text, ...answers.slice(0, 6)].join('\n');
    expect(opened.status).toBe(200);
    for (const secret of [customer.password, customer.database, String(customer.port), 'select id, email'])
      expect(everything).not.toContain(secret);
  });
});
