/** A3 and invariant 4: Sallyport's own database is lost at each statement of a request in turn. */
import { contract } from '@sallyport/contract';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Answer, PASSWORD, type TestApp, testApp } from './app.ts';
import { emptyDatabase } from './empty-database.ts';
import { type CustomerDatabase, customerPostgres } from './engines.ts';
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
  every = 1,
): Promise<number> {
  for (let n = 1; n <= MOST; n += every) {
    const name = `thing${++made}`;
    await before(name);
    const outcome = await look(name, () => line.arm(n, cut));
    const met = line.disarm();
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
        deed.every,
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
