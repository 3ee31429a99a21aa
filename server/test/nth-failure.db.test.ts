/**
 * A3, Q6 and invariant 4: Sallyport's own database, and then a source, is lost at each statement of a request in turn. What
 * was done is on the record, and nobody is told that nothing happened, or to try again, where it did.
 */
import { contract } from '@sallyport/contract';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, PASSWORD, type TestApp, type TestClient, testApp } from './app.ts';
import { emptyDatabase } from './empty-database.ts';
import { type CustomerDatabase, customerMariadb, customerPostgres, hasMariadb } from './engines.ts';
import { type Cut, type FaultyLine, faultyLine } from './faulty-line.ts';
import { type ReleasedQueries, releasedQueries } from './released-queries.ts';

/** No request here takes more statements of the database. */
const MOST = 400;

let app: TestApp;
let line: FaultyLine;
let own: pg.Client;
let theirs: pg.Client;
let customer: CustomerDatabase;
let released: ReleasedQueries;
let database: Awaited<ReturnType<typeof emptyDatabase>>;

beforeAll(async () => {
  [database, customer] = await Promise.all([emptyDatabase(), customerPostgres()]);
  const url = new URL(database.ownerUrl);
  line = await faultyLine({ host: url.hostname, port: Number(url.port) });
  own = await connected(database.ownerUrl);
  theirs = await connected(customer.adminUrl);
  await theirs.query(`create table stock (id text primary key, left_over integer not null);
    insert into stock values ('anvil', 3); grant all on stock to public`);
  url.port = String(line.port);
  app = await testApp({ DATABASE_URL: url.href });
  released = await releasedQueries(app, customer, 'postgres', {
    all: { text: 'select id, left_over from stock order by id' },
    add: {
      text: 'insert into stock values ({{ id }}, 1)',
      expectRows: { exactly: 1 },
    },
  });
});
afterEach(() => line?.disarm());
afterAll(async () => {
  await app?.stop();
  line?.close();
  await Promise.all([own?.end(), theirs?.end()]);
  await Promise.all([database?.close(), customer?.close()]);
});

async function connected(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

const count = async (client: pg.Client, from: string, values: readonly unknown[] = []) =>
  Number((await client.query(`select count(*) from ${from}`, [...values])).rows[0].count);
const records = (event: string) => count(own, 'audit_records where event = $1', [event]);

/** Codes that say: nothing was changed. */
const NOTHING = ['database_unavailable', 'audit_unavailable'];
/** Codes that say: it may have been done, look. */
const PERHAPS = ['database_outcome_unknown', 'run_outcome_unrecorded', 'idempotency_in_doubt'];

interface Deed {
  readonly event: string;
  /** What is counted to see whether it was done. */
  done(): Promise<number>;
  act(name: string): Promise<Answer<unknown>>;
  /** Without a fault, and before each try. */
  before?(name: string): Promise<unknown>;
  /** Of a long request, each so many-th statement. */
  readonly every?: number;
}

const table = (name: string) => () => count(own, name);
const environments = () =>
  (['development', 'production'] as const).map((environment) => ({
    environment,
    settings: {
      engine: 'postgres' as const,
      host: customer.host,
      port: customer.port,
      database: customer.database,
      tls: 'off' as const,
    },
    credential: { kind: 'password' as const, user: customer.user, password: customer.password },
  }));

const deeds: Readonly<Record<string, Deed>> = {
  'an app is made': {
    event: 'apps.created',
    done: table('apps'),
    act: (name) => app.owner.call(contract.apps.createApp, { body: { name } }),
  },
  'an app is made under a key': {
    event: 'apps.created',
    done: table('apps'),
    act: (name) =>
      app.owner.call(contract.apps.createApp, {
        body: { name },
        headers: { 'idempotency-key': `key-of-${name}` },
      }),
  },
  'an app is generated': {
    event: 'apps.generated',
    done: table('apps'),
    every: 3,
    act: (name) =>
      app.owner.call(contract.apps.generateApp, {
        body: {
          name,
          sourceId: released.sourceId as never,
          environment: 'development',
          schema: 'public',
          table: 'stock',
        },
      }),
  },
  'a query is saved': {
    event: 'apps.query_saved',
    done: table('app_draft_queries'),
    act: (name) => released.save(name, { text: 'select id from stock' }),
  },
  'a release is published': {
    event: 'apps.published',
    done: table('app_releases'),
    every: 3,
    before: (name) => released.save(name, { text: 'select id from stock' }),
    act: async () => {
      const params = { id: released.appId as never };
      const plan = await app.owner.call(contract.apps.planRelease, { params });
      if (plan.problem !== undefined) return plan;
      return app.owner.call(contract.apps.publish, { params, body: { hash: plan.body.hash } });
    },
  },
  'a secret constant is set': {
    event: 'gateway.constant_set',
    done: table('constants'),
    act: (name) =>
      app.owner.call(contract.gateway.setConstant, {
        params: { name },
        body: { value: 'of no one', secret: true },
      }),
  },
  'a source is connected': {
    event: 'sources.connected',
    done: table('sources'),
    act: (name) =>
      app.owner.call(contract.sources.connectSource, { body: { name, environments: environments() } }),
  },
  'a person is invited': {
    event: 'identity.invited',
    done: table('invitations'),
    act: (name) =>
      app.owner.call(contract.identity.invite, { body: { email: `${name}@harbor.example`, role: 'member' } }),
  },
  'a token is made': {
    event: 'identity.token_created',
    done: table('sessions'),
    act: (label) => app.owner.call(contract.identity.createToken, { body: { label } }),
  },
  'somebody signs in': {
    event: 'identity.signed_in',
    done: table('sessions'),
    // An attempt counts as failed until it is known to be good, so that a crash gives nobody a free guess.
    before: () => own.query('delete from sign_in_throttle'),
    act: () =>
      app
        .nobody()
        .call(contract.identity.signIn, { body: { email: 'owner@harbor.example', password: PASSWORD } }),
  },
  'a write runs': {
    event: 'gateway.begun',
    done: () => count(theirs, 'stock'),
    act: (id) => released.run(app.owner, { query: 'add', arguments: { id } }),
  },
};

let made = 0;

/** Tries at each statement until a request passes without having met the cut; `look` judges each. */
async function atEach(
  cut: Cut,
  before: (name: string) => Promise<unknown>,
  look: Look,
  { every = 1, on = line }: { every?: number; on?: FaultyLine } = {},
): Promise<number> {
  for (let n = 1; n <= MOST; n += every) {
    const name = `thing${++made}`;
    await before(name);
    await on.quiet();
    const outcome = await look(name, () => on.arm(n, cut));
    const met = on.disarm();
    await well();
    if (!met) {
      expect(outcome.problem, `a request that was not cut: ${outcome.text}`).toBeUndefined();
      return n - 1;
    }
  }
  throw new Error('The request never passed.');
}
type Look = (name: string, arm: () => void) => Promise<Answer<unknown>>;

/** The pools have left their broken connections behind. */
async function well(): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await app.nobody().call(contract.system.health);
    const me = await app.owner.call(contract.identity.getMe);
    if (answer.status === 200 && me.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The server did not become well again.');
}

for (const [what, deed] of Object.entries(deeds)) {
  test.for(['before', 'after'] as const)(
    `${what}, the database lost %s each statement: done and on the record, or neither, and told so`,
    { timeout: 120_000 },
    async (cut) => {
      const cuts = await atEach(
        cut,
        async (name) => deed.before?.(name),
        async (name, arm) => {
          const [done, told] = [await deed.done(), await records(deed.event)];
          arm();
          const answer = await deed.act(name);
          line.disarm();
          const code = answer.problem?.code;
          const context = `${answer.status} ${answer.text}`;
          const isDone = (await deed.done()) - done;
          const isTold = (await records(deed.event)) - told;
          expect(isTold, context).toBeLessThanOrEqual(1);
          // A run's intent stands before what it does; everything else is told with it.
          if (deed.event === 'gateway.begun') expect(isDone, context).toBeLessThanOrEqual(isTold);
          else expect(isDone, context).toBe(isTold);
          if (answer.problem === undefined) expect(isDone, context).toBe(1);
          else {
            expect([...NOTHING, ...PERHAPS], context).toContain(code);
            if (NOTHING.includes(code ?? '')) expect(isDone, context).toBe(0);
          }
          return answer;
        },
        { every: deed.every ?? 1 },
      );
      expect(cuts).toBeGreaterThan(0);
    },
  );
}

test.for(['before', 'after'] as const)(
  'a key is used again after the database was lost %s each statement: the work is never done twice',
  { timeout: 120_000 },
  async (cut) => {
    await atEach(
      cut,
      async () => undefined,
      async (name, arm) => {
        arm();
        const first = await deeds['an app is made under a key']!.act(name);
        line.disarm();
        await well();
        const again = await deeds['an app is made under a key']!.act(name);
        const apps = await count(own, 'apps where name = $1', [name]);
        const context = `${first.text} then ${again.text}`;
        expect(apps, context).toBeLessThanOrEqual(1);
        if (again.problem === undefined) expect(apps, context).toBe(1);
        else expect(again.problem.code, context).toBe('idempotency_in_doubt');
        return first;
      },
    );
  },
);

test.for(['before', 'after'] as const)(
  'a read, the database lost %s each statement: no row without its record',
  { timeout: 120_000 },
  async (cut) => {
    await atEach(
      cut,
      async () => undefined,
      async (_name, arm) => {
        const told = await records('gateway.ran');
        arm();
        const answer = await released.run(app.owner, { query: 'all' });
        line.disarm();
        const isTold = (await records('gateway.ran')) - told;
        if (answer.problem === undefined) expect(isTold, answer.text).toBe(1);
        else {
          expect(NOTHING, answer.text).toContain(answer.problem.code);
          expect(answer.text).not.toContain('anvil');
        }
        return answer;
      },
    );
  },
);

describe.each([
  { engine: 'postgres' as const, there: true },
  { engine: 'mysql' as const, there: hasMariadb },
])('Q6 a write at $engine', ({ engine, there }) => {
  let far: FaultyLine;
  let source: CustomerDatabase;
  let queries: ReleasedQueries;
  let member: TestClient;

  beforeAll(async () => {
    if (!there) return;
    source = await (engine === 'postgres' ? customerPostgres() : customerMariadb());
    far = await faultyLine(source, engine);
    member = await app.person('member');
    await inSource('create table orders (id varchar(40) primary key, amount integer not null)');
    queries = await releasedQueries(app, { ...source, port: far.port }, engine, {
      place: { text: 'insert into orders values ({{ id }}, 1)', expectRows: { exactly: 1 } },
    });
  });
  afterEach(() => far?.disarm());
  afterAll(async () => {
    far?.close();
    await source?.close();
  });

  async function inSource(text: string): Promise<number> {
    if (engine === 'postgres') {
      const client = await connected(
        `postgres://${source.user}:${source.password}@127.0.0.1:${source.port}/${source.database}`,
      );
      const { rows } = await client.query(text).finally(() => client.end());
      return Number(rows[0]?.n);
    }
    const { host, port, user, password, database: name } = source;
    const client = await mysql.createConnection({ host, port, user, password, database: name });
    const [rows] = await client.query(text).finally(() => client.end());
    return Number((rows as { n?: unknown }[])[0]?.n);
  }

  test.skipIf(!there).for(['before', 'after'] as const)(
    'G3 the source lost %s each statement: a member hears that it may have been made, or it was not',
    { timeout: 120_000 },
    async (cut) => {
      const codes = new Set<string>();
      await atEach(
        cut,
        async () => undefined,
        async (id, arm) => {
          const told = await records('gateway.ran');
          arm();
          const answer = await queries.run(member, { query: 'place', arguments: { id } });
          far.disarm();
          const made = await inSource(`select count(*) as n from orders where id = '${id}'`);
          const code = answer.problem?.code;
          codes.add(code ?? 'made');
          if (code === undefined) expect(made).toBe(1);
          else if (code === 'write_outcome_unknown')
            expect(answer.problem?.next).toContain('before you try again');
          else expect(made, answer.text).toBe(0);
          expect(await records('gateway.ran')).toBe(told + 1);
          return answer;
        },
        { on: far },
      );
      expect(codes).toContain('write_outcome_unknown');
      expect(codes).toContain('made');
    },
  );
});
