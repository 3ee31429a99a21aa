import { randomUUID } from 'node:crypto';
import { contract } from '@sallyport/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, type TestClient, type TestNode, testApp } from './app.ts';
import { type LoggingPostgres, loggingPostgres } from './logging-postgres.ts';
import { asAdmin } from './postgres-server.ts';
import { type ReleasedQueries, releasedQueries } from './released-queries.ts';

let app: TestApp;
let other: TestNode;
let customer: LoggingPostgres;
let desk: ReleasedQueries;

const SLEEP = { text: 'select pg_sleep(60)::text as slept', timeoutMs: 120_000 };

beforeAll(async () => {
  [app, customer] = await Promise.all([testApp(), loggingPostgres()]);
  desk = await releasedQueries(app, customer, 'postgres', { one: { text: 'select 1 as one' }, sleep: SLEEP });
  other = await app.anotherNode();
}, 120_000);
afterAll(async () => {
  await other?.stop();
  await app?.stop();
  await customer?.close();
});

const active = async (): Promise<number> =>
  (
    await asAdmin(customer.adminUrl, (client) =>
      client.query(
        `select count(*)::int as count from pg_stat_activity where usename = '${customer.user}' and state = 'active'`,
      ),
    )
  ).rows[0].count;

/** Begins a long run on the first node. */
const sleep = (client: TestClient, runId: string = randomUUID()) =>
  client.call(contract.gateway.run, { body: { release: desk.release, query: 'sleep', runId } });

const within = { timeout: 1_000, interval: 20 };

describe('what is done on one node counts on every other within a second', () => {
  it('a session of one opens the other', async () => {
    const member = await app.person('member');
    expect((await desk.run(other.as(member), { query: 'one' })).body.rows).toEqual([{ one: 1 }]);
  });

  it('a run is cancelled from the other', async () => {
    const member = await app.person('member');
    const runId = randomUUID();
    const answer = sleep(member, runId);
    await expect.poll(active).toBe(1);
    await other.as(member).ok(contract.gateway.cancelRun, { params: { runId } });
    await expect.poll(active, within).toBe(0);
    expect((await answer).problem?.code).toBe('run_cancelled');
  });

  it('a run that has yet to arrive is cancelled from the other', async () => {
    const member = await app.person('member');
    const runId = randomUUID();
    await other.as(member).ok(contract.gateway.cancelRun, { params: { runId } });
    const run = async () => (await desk.run(member, { query: 'one', runId })).problem?.code;
    await expect.poll(run, within).toBe('run_cancelled');
  });

  it('a person who is turned off on the other is out, and what they run ends', async () => {
    const member = await app.person('member');
    const answer = sleep(member);
    await expect.poll(active).toBe(1);
    await other.as(app.owner).ok(contract.identity.changePerson, {
      params: { id: member.me?.person.id ?? '' },
      body: { disabled: true },
    });
    await expect.poll(active, within).toBe(0);
    expect((await answer).problem).toMatchObject({ status: 401, code: 'run_session_ended' });
    expect((await desk.run(member, { query: 'one' })).status).toBe(401);
  });

  it('a person who loses a right on the other has lost it here', async () => {
    const builder = await app.person('builder');
    const draft = () => desk.runDraft(builder, { query: 'one' }, 'development');
    expect((await draft()).status).toBe(200);
    await other.as(app.owner).ok(contract.identity.changePerson, {
      params: { id: builder.me?.person.id ?? '' },
      body: { role: 'member' },
    });
    await expect.poll(async () => (await draft()).status, within).toBe(403);
  });

  it('G7 a release that is rolled back on the other runs no more here', async () => {
    const member = await app.person('member');
    await desk.save('one', { text: 'select 2 as one' });
    const newer = await desk.publish();
    expect((await desk.run(member, { query: 'one' }, newer)).body.rows).toEqual([{ one: 2 }]);
    await other.as(app.owner).ok(contract.apps.rollBack, {
      params: { id: desk.appId },
      body: { hash: desk.release },
    });
    await expect
      .poll(async () => (await desk.run(member, { query: 'one' }, newer)).status, within)
      .not.toBe(200);
    expect((await desk.run(member, { query: 'one' })).body.rows).toEqual([{ one: 1 }]);
  });

  it('both write one log, in which each record has its one place', async () => {
    const member = await app.person('member');
    const elsewhere = other.as(member);
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => desk.run(i % 2 === 0 ? member : elsewhere, { query: 'one' })),
    );
    const records = async () =>
      (
        await asAdmin(app.ownerUrl, (client) =>
          client.query(
            `select count(*)::int as records, count(l.index)::int as leaves, count(distinct l.index)::int as places,
               coalesce(max(l.index), -1)::int + 1 as size
             from audit_records r left join audit_leaves l on l.organization_id = r.organization_id and l.record_id = r.id
             where r.organization_id = $1`,
            [app.owner.me?.organization.id],
          ),
        )
      ).rows[0];
    await expect
      .poll(
        async () => {
          const { records: all, leaves, places, size } = await records();
          return all === leaves && leaves === places && places === size;
        },
        { timeout: 5_000 },
      )
      .toBe(true);
  });
});
