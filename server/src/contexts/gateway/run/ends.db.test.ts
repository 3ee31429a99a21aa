import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { contract } from '@sallyport/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, type TestClient, testApp } from '../../../../test/app.ts';
import { type LoggingPostgres, loggingPostgres } from '../../../../test/logging-postgres.ts';
import { asAdmin } from '../../../../test/postgres-server.ts';
import { type ReleasedQueries, releasedQueries } from '../../../../test/released-queries.ts';

let app: TestApp;
let customer: LoggingPostgres;
let desk: ReleasedQueries;
let member: TestClient;

const asCustomer = async <T extends object>(text: string) =>
  (await asAdmin(customer.adminUrl, (client) => client.query(text))).rows as T[];
const asOwner = async <T extends object>(text: string, values: unknown[] = []) =>
  (await asAdmin(app.ownerUrl, (client) => client.query(text, values))).rows as T[];

beforeAll(async () => {
  [app, customer] = await Promise.all([testApp(), loggingPostgres()]);
  await asCustomer(
    `create table notes (id int primary key, note text); alter table notes owner to ${customer.user}`,
  );
  await app.owner.ok(contract.gateway.setConstant, {
    params: { name: 'held' },
    body: { value: 'x', secret: false },
  });
  desk = await releasedQueries(app, customer, 'postgres', {
    one: { text: 'select {{ a }}::text as a' },
    sleep: { text: 'select pg_sleep(60)::text as slept', timeoutMs: 120_000 },
    held: {
      text: 'select pg_sleep(20)::text as slept, {{ constants.held }}::text as held',
      timeoutMs: 30_000,
    },
    brief: { text: 'select pg_sleep(60)::text as slept', timeoutMs: 300 },
    add: { text: 'insert into notes values ({{ id }}, {{ note }}) returning id' },
    many: {
      text: "select n, repeat('x', 100) as filler from generate_series(1, 10000000) n",
      maxRows: 10_000_000,
      timeoutMs: 300_000,
    },
    endless: {
      text: "select n, repeat('x', 1000) as filler from (select generate_series(1, 10000000) as n) s",
      maxRows: 10_000_000,
      timeoutMs: 300,
    },
    wide: { text: "select repeat('x', 14000000) as filler from generate_series(1, 9)", timeoutMs: 1_500 },
    long: { text: "select n, repeat('x', 100) as filler from generate_series(1, 10000) n" },
    breaks: {
      text: "select n, repeat('x', 100) as filler, 1 / (5000 - n) as part from generate_series(1, 10000) n",
      maxRows: 10_000,
    },
  } as never);
  member = await app.person('member');
}, 120_000);
afterAll(async () => {
  await app?.stop();
  await customer?.close();
});

/** While the log cannot be written, as on a full disk. */
async function withoutLog(work: () => Promise<void>): Promise<void> {
  await asOwner(`create or replace function refuse_records() returns trigger language plpgsql as
    $$ begin raise exception 'disk full' using errcode = '53100'; end $$`);
  await asOwner(
    'create trigger refuse_records before insert on audit_records for each statement execute function refuse_records()',
  );
  try {
    await work();
  } finally {
    await asOwner('drop trigger refuse_records on audit_records');
  }
}

const active = async (): Promise<number> =>
  (
    await asCustomer<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where usename = '${customer.user}' and state = 'active'`,
    )
  )[0]?.count ?? 0;

interface Leaf {
  readonly event: string;
  readonly outcome: string;
  readonly data: Record<string, unknown>;
  readonly policies: string[];
}
/** What the log says of runs of a query, oldest first. */
const recordsOf = async (query: string): Promise<{ leaf: Leaf; opening: string }[]> =>
  (
    await asOwner<{ leaf: string; opening: string }>(
      `select leaf, opening from audit_records where event like 'gateway.%' and leaf::jsonb -> 'data' ->> 'query' = $1 order by id`,
      [query],
    )
  ).map(({ leaf, opening }) => ({ leaf: JSON.parse(leaf) as Leaf, opening }));

describe('U1 G2 a run is on the record before its answer ends', () => {
  it('with what it ran and a digest of each argument, and no value', async () => {
    const { text } = await desk.run(member, { query: 'one', arguments: { a: 'canary-4711' } });
    const { queries } = await app.owner.ok(contract.apps.getDraft, { params: { id: desk.appId } });
    const [record] = await recordsOf('one');
    expect(record?.leaf).toMatchObject({
      event: 'gateway.ran',
      outcome: 'allowed',
      policies: ['role.member'],
      data: {
        release: desk.release,
        effect: 'read',
        environment: 'production',
        source: desk.sourceId,
        hash: queries.one?.compiled.hash,
        rows: 1,
        bytes: Buffer.byteLength(text),
        code: null,
      },
    });
    expect(record?.opening).toMatch(/"a":"[0-9a-f]{64}"/);
    expect(JSON.stringify(record)).not.toContain('canary-4711');
  });
  it('G3 a write has its intent before and its outcome after, under one run', async () => {
    await desk.run(member, { query: 'add', arguments: { id: 1, note: 'a' } });
    const twice = await desk.run(member, { query: 'add', arguments: { id: 1, note: 'b' } });
    // A member is told what to correct, and nothing of the database: no key, no column, no value.
    expect(twice.problem).toMatchObject({
      code: 'source_constraint_violated',
      detail: 'A value that must be unique already exists.',
    });
    const records = await recordsOf('add');
    expect(records.map(({ leaf }) => [leaf.event, leaf.outcome])).toEqual([
      ['gateway.begun', 'allowed'],
      ['gateway.ran', 'allowed'],
      ['gateway.begun', 'allowed'],
      ['gateway.ran', 'failed'],
    ]);
    expect(records[0]?.leaf.data.run).toBe(records[1]?.leaf.data.run);
    expect(records[1]?.leaf.data).toMatchObject({ rows: 1, changed: 1 });
  });
  it('a refused run is on the record too', async () => {
    const before = (await recordsOf('one')).length;
    await desk.run(member, { query: 'one', arguments: { a: 1 } });
    const record = (await recordsOf('one'))[before];
    expect(record?.leaf).toMatchObject({
      event: 'gateway.ran',
      outcome: 'refused',
      data: { code: 'argument_invalid' },
    });
  });
  it('G2 when the log cannot be written, nothing happens and nothing is told', async () => {
    const before = (await asCustomer('select * from notes')).length;
    await withoutLog(async () => {
      const read = await desk.run(member, { query: 'one', arguments: { a: 'x' } });
      expect(read.problem).toMatchObject({ status: 503, code: 'audit_unavailable' });
      const write = await desk.run(member, { query: 'add', arguments: { id: 2, note: 'x' } });
      expect(write.problem).toMatchObject({ status: 503, code: 'audit_unavailable' });
      const long = await desk.run(member, { query: 'breaks' });
      expect(long.problem).toMatchObject({ status: 503, code: 'audit_unavailable' });
    });
    expect(await asCustomer('select * from notes')).toHaveLength(before);
    expect((await desk.run(member, { query: 'one', arguments: { a: 'x' } })).status).toBe(200);
  });
});

describe('a failure midway', () => {
  it('G4 ends the answer with a problem, in JSON and in NDJSON', async () => {
    for (const accept of ['application/json', 'application/x-ndjson']) {
      const answer = await member.call(contract.gateway.run, {
        body: { release: desk.release, query: 'breaks' },
        headers: { accept },
      });
      expect(answer.status).toBe(200);
      const end = accept.endsWith('ndjson')
        ? JSON.parse(answer.text.trim().split('\n').at(-1) ?? '').end
        : JSON.parse(answer.text).end;
      expect(end.problem).toMatchObject({ code: 'source_refused_statement', requestId: expect.any(String) });
      expect(end.problem.detail).toBeUndefined();
    }
  });
  it('G4 in the middle of a row that the client had not taken whole, on a line of its own', async () => {
    const answer = await member.raw(contract.gateway.run.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
      body: JSON.stringify({ release: desk.release, query: 'wide' }),
    });
    await expect
      .poll(async () => (await recordsOf('wide')).at(-1)?.leaf.event, { timeout: 10_000 })
      .toBe('gateway.ran');
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(() => JSON.parse(lines.at(-2)!)).toThrow();
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ end: { problem: { code: 'source_timeout' } } });
  });
  it('G3 an answer whose outcome cannot be recorded is cut, and has no end', async () => {
    await asOwner(`create function refuse_outcomes() returns trigger language plpgsql as
      $$ begin raise exception 'disk full' using errcode = '53100'; end $$`);
    await asOwner(`create trigger refuse_outcomes before insert on audit_records for each row
      when (new.event = 'gateway.ran') execute function refuse_outcomes()`);
    try {
      const text = await member
        .call(contract.gateway.run, {
          body: { release: desk.release, query: 'long' },
          headers: { accept: 'application/x-ndjson' },
        })
        .then(
          (answer) => answer.text,
          () => 'cut',
        );
      expect(text).toBe('cut');
      const write = await desk.run(member, { query: 'add', arguments: { id: 77, note: 'x' } });
      expect(write.problem).toMatchObject({ status: 503, code: 'run_outcome_unrecorded' });
    } finally {
      await asOwner('drop trigger refuse_outcomes on audit_records');
    }
    expect(await asCustomer('select * from notes where id = 77')).toHaveLength(1);
    expect((await recordsOf('add')).at(-1)?.leaf.event).toBe('gateway.begun');
  });
  it('a statement that takes longer than it may is stopped at the source', async () => {
    const answer = await desk.run(member, { query: 'brief' });
    expect(answer.problem).toMatchObject({ status: 504, code: 'source_timeout' });
    await expect.poll(active).toBe(0);
  });
});

describe('G5 stopping a run', () => {
  const begin = (client: TestClient, runId: string = randomUUID(), signal?: AbortSignal) =>
    client.call(contract.gateway.run, {
      body: { release: desk.release, query: 'sleep', runId },
      ...(signal === undefined ? {} : { signal }),
    });
  it('the client’s leaving cancels the statement within 250 ms', async () => {
    const leaving = new AbortController();
    const answer = begin(member, undefined, leaving.signal).catch(() => undefined);
    await expect.poll(active).toBe(1);
    const left = performance.now();
    leaving.abort();
    await expect.poll(active, { interval: 10 }).toBe(0);
    expect(performance.now() - left).toBeLessThan(process.env.CI === undefined ? 1_000 : 2_000);
    await answer;
    await expect
      .poll(async () => (await recordsOf('sleep')).at(-1)?.leaf)
      .toMatchObject({ event: 'gateway.ran', outcome: 'failed', data: { code: 'run_cancelled' } });
  });
  it('a person cancels their own run by its id, and nobody another’s', async () => {
    const runId = randomUUID();
    const answer = begin(member, runId);
    await expect.poll(active).toBe(1);
    expect((await begin(member, runId)).problem?.code).toBe('run_id_in_use');
    await app.owner.ok(contract.gateway.cancelRun, { params: { runId } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await active()).toBe(1);
    await member.ok(contract.gateway.cancelRun, { params: { runId } });
    expect((await answer).problem?.code).toBe('run_cancelled');
    await expect.poll(active).toBe(0);
  });
  it('a cancel that came before its run keeps it from beginning, and nobody else’s of that id', async () => {
    const runId = randomUUID();
    await member.ok(contract.gateway.cancelRun, { params: { runId } });
    const query = { event: 'gateway.cancelled', limit: 1 };
    const { items } = await app.owner.ok(contract.audit.listAuditRecords, { query });
    expect(items).toMatchObject([{ target: { id: runId }, data: { found: false } }]);
    const run = (client: TestClient) =>
      client.call(contract.gateway.run, {
        body: { release: desk.release, query: 'one', arguments: { a: 'x' }, runId },
      });
    expect((await run(member)).problem).toMatchObject({ status: 409, code: 'run_cancelled' });
    expect((await run(app.owner)).status).toBe(200);
  });
  it('a cancel that cannot be recorded stops nothing', async () => {
    const runId = randomUUID();
    const answer = begin(member, runId);
    await expect.poll(active).toBe(1);
    await withoutLog(async () => {
      const refused = await member.call(contract.gateway.cancelRun, { params: { runId } });
      expect(refused.problem).toMatchObject({ status: 503, code: 'audit_unavailable' });
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await active()).toBe(1);
    });
    await member.ok(contract.gateway.cancelRun, { params: { runId } });
    expect((await answer).problem?.code).toBe('run_cancelled');
  });
  it('groups that are taken away end what they had permitted', async () => {
    const pilot = await app.person('member');
    const groups = (of: string[]) =>
      app.owner.ok(contract.identity.changePerson, {
        params: { id: pilot.me?.person.id ?? '' },
        body: { groups: of },
      });
    const audience = (to: { everyone: boolean; groups: string[] }) =>
      app.owner.ok(contract.apps.changeApp, { params: { id: desk.appId }, body: { audience: to } });
    await groups(['pilots', 'ops']);
    await audience({ everyone: false, groups: ['pilots'] });
    const answer = begin(pilot);
    await expect.poll(active).toBe(1);
    await groups(['pilots']);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await active()).toBe(1);
    await groups(['ops']);
    expect((await answer).problem?.code).toBe('run_withdrawn');
    await expect.poll(active).toBe(0);
    await audience({ everyone: true, groups: [] });
  });
  it('what is taken away between the decision and the start ends it too', async () => {
    const audience = (everyone: boolean) =>
      app.owner.ok(contract.apps.changeApp, {
        params: { id: desk.appId },
        body: { audience: { everyone, groups: [] } },
      });
    const before = (await recordsOf('held')).length;
    let answer: ReturnType<typeof begin> | undefined;
    await asAdmin(app.ownerUrl, async (client) => {
      // It waits for its constant, after policy has decided.
      await client.query('begin; lock table constants');
      answer = member.call(contract.gateway.run, { body: { release: desk.release, query: 'held' } });
      await expect
        .poll(async () => (await asOwner(`select from pg_locks where not granted`)).length)
        .toBeGreaterThan(0);
      await audience(false);
      await client.query('rollback');
    });
    expect((await answer)?.problem?.code).toBe('run_withdrawn');
    expect(await recordsOf('held')).toHaveLength(before + 1);
    await audience(true);
  });
  it('a role that is lowered ends what it had permitted, a draft too', async () => {
    const builder = await app.person('builder');
    const role = (to: 'builder' | 'member') =>
      app.owner.ok(contract.identity.changePerson, {
        params: { id: builder.me?.person.id ?? '' },
        body: { role: to },
      });
    const [draft, release] = [desk.runDraft(builder, { query: 'sleep' }), begin(builder)];
    await expect.poll(active).toBe(2);
    await role('member');
    expect((await draft).problem?.code).toBe('run_withdrawn');
    await expect.poll(active).toBe(1);
    await app.owner.ok(contract.identity.changePerson, {
      params: { id: builder.me?.person.id ?? '' },
      body: { disabled: true },
    });
    expect((await release).problem?.code).toBe('run_session_ended');
  });
  it('A8 a roll-back, and an audience that is narrowed, end what they no longer permit, and nothing else', async () => {
    const audience = (everyone: boolean) =>
      app.owner.ok(contract.apps.changeApp, {
        params: { id: desk.appId },
        body: { audience: { everyone, groups: [] } },
      });
    const runId = randomUUID();
    const [mine, owners] = [begin(member), begin(app.owner, runId)];
    await expect.poll(active).toBe(2);
    await audience(false);
    expect((await mine).problem?.code).toBe('run_withdrawn');
    await expect.poll(active).toBe(1);
    await audience(true);
    await desk.save('later', { text: 'select 1 as one' });
    const later = await desk.publish();
    const body = { release: later, query: 'sleep' };
    const left = member.call(contract.gateway.run, { body });
    await expect.poll(active).toBe(2);
    await app.owner.ok(contract.apps.rollBack, {
      params: { id: desk.appId },
      body: { hash: desk.release },
    });
    expect((await left).problem?.code).toBe('run_withdrawn');
    await expect.poll(active).toBe(1);
    expect((await recordsOf('sleep')).at(-1)?.leaf).toMatchObject({
      event: 'gateway.ran',
      outcome: 'failed',
      data: { code: 'run_withdrawn' },
    });
    await app.owner.ok(contract.gateway.cancelRun, { params: { runId } });
    expect((await owners).problem?.code).toBe('run_cancelled');
  });
  it('the end of a person’s sessions ends their runs', async () => {
    const leaver = await app.person('member');
    const answer = begin(leaver);
    await expect.poll(active).toBe(1);
    await app.owner.ok(contract.identity.revokePersonSessions, {
      params: { id: leaver.me?.person.id ?? '' },
    });
    expect((await answer).problem).toMatchObject({ status: 401, code: 'run_session_ended' });
    await expect.poll(active).toBe(0);
  });
  it('G6 a person has 32 runs under way at most, and others are served meanwhile', async () => {
    const busy = await app.person('member');
    const leaving = new AbortController();
    const runs = Array.from({ length: 32 }, () =>
      begin(busy, undefined, leaving.signal).catch(() => undefined),
    );
    await expect.poll(active, { timeout: 10_000 }).toBe(8);
    expect((await desk.run(member, { query: 'one', arguments: { a: '' } })).status).toBe(200);
    await expect
      .poll(async () => (await desk.run(busy, { query: 'one', arguments: { a: '' } })).problem?.code)
      .toBe('run_limit_person');
    leaving.abort();
    await Promise.all(runs);
    await expect.poll(active, { timeout: 10_000 }).toBe(0);
    expect((await desk.run(busy, { query: 'one', arguments: { a: '' } })).status).toBe(200);
  });
  it('G6 who has eight connections waits for one of theirs to check a query too, and nobody else does', async () => {
    const [busy, other] = [await app.person('builder'), await app.person('builder')];
    const leaving = new AbortController();
    const body = { appId: desk.appId, query: 'sleep', environment: 'development' } as const;
    const runs = Array.from({ length: 8 }, () =>
      busy.call(contract.gateway.runDraft, { body, signal: leaving.signal }).catch(() => undefined),
    );
    await expect.poll(active, { timeout: 10_000 }).toBe(8);
    const check = (client: TestClient) =>
      client.ok(contract.apps.checkQuery, {
        params: { id: desk.appId },
        body: { document: { kind: 'sql', source: desk.source, text: 'select 1 as one' } },
      });
    let checked = false;
    const mine = check(busy).then(() => {
      checked = true;
    });
    await check(other);
    expect(checked).toBe(false);
    leaving.abort();
    await Promise.all([...runs, mine]);
  });
});

it('A5 a query is not saved by who was turned off while its source was asked', async () => {
  const builder = await app.person('builder');
  const document = { kind: 'sql', source: desk.source, text: 'select * from slow_to_tell' } as const;
  let saved: ReturnType<TestClient['call']> | undefined;
  await asAdmin(customer.adminUrl, async (client) => {
    await client.query('create table slow_to_tell (id int)');
    await client.query(`alter table slow_to_tell owner to ${customer.user}`);
    await client.query('begin; lock table slow_to_tell in access exclusive mode');
    const waits = () =>
      client.query('select from pg_locks where not granted').then(({ rowCount }) => rowCount);
    saved = builder.call(contract.apps.saveQuery, {
      params: { id: desk.appId, name: 'tooLate' },
      body: { document },
    });
    await expect.poll(waits, { timeout: 10_000 }).toBeGreaterThan(0);
    await app.owner.ok(contract.identity.changePerson, {
      params: { id: builder.me?.person.id ?? '' },
      body: { disabled: true },
    });
    await client.query('rollback');
  });
  expect((await saved)?.problem?.code).toBe('sign_in_required');
  const draft = await app.owner.ok(contract.apps.getDraft, { params: { id: desk.appId } });
  expect(draft.queries).not.toHaveProperty('tooLate');
});

describe('ten million rows to a client that stops reading', () => {
  /** Asks for them, reads so many bytes and then no more. */
  async function standStill(query: string, bytes: number) {
    const body = JSON.stringify({ release: desk.release, query });
    const { host, port } = new URL(app.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      [
        'POST /v1/runs HTTP/1.1',
        `host: ${host}`,
        `origin: ${app.url}`,
        `cookie: ${member.cookie}`,
        `x-csrf-token: ${member.me?.csrfToken}`,
        'accept: application/x-ndjson',
        'content-type: application/json',
        `content-length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    );
    let received = 0;
    await new Promise<void>((resolve) => {
      socket.on('data', (piece) => {
        received += piece.length;
        if (received < bytes) return;
        socket.pause();
        resolve();
      });
    });
    return socket;
  }

  it('wait at the source, in flat memory, until it reads on or leaves', async () => {
    const socket = await standStill('many', 20_000_000);
    const before = process.memoryUsage.rss();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 ** 2);
    expect(await active()).toBe(1);
    expect((await recordsOf('many')).map(({ leaf }) => leaf.event)).toEqual(['gateway.begun']);
    socket.destroy();
    await expect.poll(active).toBe(0);
    await expect.poll(async () => (await recordsOf('many')).at(-1)?.leaf.event).toBe('gateway.ran');
  });

  it('end with the time limit of their query, and are on the record, though it never reads on', async () => {
    const socket = await standStill('endless', 1);
    await expect
      .poll(async () => (await recordsOf('endless')).at(-1)?.leaf, { timeout: 5_000 })
      .toMatchObject({ event: 'gateway.ran', outcome: 'failed', data: { code: 'source_timeout' } });
    socket.destroy();
  });
});
