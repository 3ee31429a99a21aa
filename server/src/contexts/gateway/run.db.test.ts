import { contract, type RunAnswer } from '@sallyport/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, type TestClient, testApp } from '../../../test/app.ts';
import { type LoggingPostgres, loggingPostgres } from '../../../test/logging-postgres.ts';
import { asAdmin } from '../../../test/postgres-server.ts';
import { type ReleasedQueries, releasedQueries } from '../../../test/released-queries.ts';
import { withHash } from './compiled-query.ts';

let app: TestApp;
let customer: LoggingPostgres;
let desk: ReleasedQueries;
let member: TestClient;

const asCustomer = (text: string) => asAdmin(customer.adminUrl, (client) => client.query(text));

beforeAll(async () => {
  [app, customer] = await Promise.all([testApp(), loggingPostgres()]);
  await asCustomer(`
    create table orders (id bigint primary key, customer text not null, total numeric(16,2), placed date, paid boolean,
      at timestamptz, doc jsonb, small int);
    insert into orders select n, 'customer ' || n, n * 1.5, date '2026-01-01' + n::int, n % 2 = 0,
      timestamptz '2026-01-01 00:00:00+00' + n * interval '1 hour', json_build_object('n', n), n from generate_series(1, 500) n;
    insert into orders values (9007199254740993, 'big', 12345678901.25, '2026-02-28', null, null, null, null);
    create table shape (id int primary key, a int);
    create function close_order(n bigint) returns table(id bigint, closed text) language sql as
      $$ update orders set customer = 'closed' where id = n returning id, customer $$;
    alter table orders owner to ${customer.user};
    alter table shape owner to ${customer.user};`);
  desk = await releasedQueries(app, customer, 'postgres', {
    one: { text: 'select 1 as one' },
    byId: { text: 'select * from orders where id = {{ table.selectedRow.id }}' },
    byIds: { text: 'select id from orders where small in ({{ ids }}) order by id' },
    find: { text: "select id, customer from orders where customer ilike '%' || {{ q }} || '%' -- by name" },
    list: { text: 'select * from orders', windowed: true },
    sorted: {
      text: 'select id, small from orders where small < 10 order by {{ by }} {{ way }}',
      choices: { by: ['id', 'customer'], way: ['asc', 'desc'] },
    },
    rename: {
      text: 'update orders set customer = {{ name }} where id = {{ id }}',
      expectRows: { exactly: 1 },
    },
    renameAll: {
      text: 'update orders set customer = {{ name }} where small > {{ above }}',
      expectRows: { atMost: 3 },
    },
    me: { text: 'select {{ currentUser.email }}::text as email, {{ currentUser.id }}::uuid as id' },
    rate: { text: 'select {{ constants.rate }}::numeric * 2 as twice' },
    close: { text: 'select * from close_order({{ id }})', writes: true },
    closeRead: { text: 'select * from close_order({{ id }})' },
    capped: { text: 'select small from orders', maxRows: 5 },
    shape: { text: 'select * from shape' },
    divide: { text: 'select 1 / {{ by }}::int as result' },
    clock: {
      text: 'select {{ wall }}::timestamp as wall, {{ walls }}::timestamp(0)[] as walls, {{ at }}::timestamptz as at',
      arguments: { wall: { max: '2026-01-01T10:00:00' } },
    },
    clocks: {
      text: "select n, timestamp '2026-01-01 10:00' + n * interval '1 hour' as wall from generate_series(0, 2) n",
      windowed: true,
    },
    long: { text: 'select length({{ now }} || {{ before }}) as n' },
    filtered: {
      text: `select id from orders where ({{ n }} is null or small = {{ n }}) and ({{ since }} is null or at >= {{ since }})
        and ({{ q }} is not null and customer like concat('%', {{ q }}) or {{ q }} is null) order by {{ by }}, id limit 2`,
      choices: { by: ['id', 'customer'] },
    },
  } as never);
  member = await app.person('member');
}, 120_000);
afterAll(async () => {
  await app?.stop();
  await customer?.close();
});

const rowsOf = async (query: string, given: Record<string, unknown> = {}, client = member) =>
  (await desk.run(client, { query, arguments: given })).body.rows;

it('Q5 G7a a form of an earlier compiler runs as it is, unless today’s rules refuse it or take it for more', async () => {
  const builder = await app.person('builder');
  const stored = (text: string) =>
    asAdmin(app.ownerUrl, async (client) => {
      const at = `where app_id = '${desk.appId}' and name = 'earlier'`;
      const { rows } = await client.query(`select document, compiled from app_draft_queries ${at}`);
      const { hash: _, ...form } = rows[0].compiled;
      const compiled = withHash({ ...form, compiler: 5, statements: [{ choices: {}, text, binds: [] }] });
      const document = { ...rows[0].document, text };
      await client.query(`update app_draft_queries set document = $1, compiled = $2 ${at}`, [
        document,
        compiled,
      ]);
    });
  const run = () => desk.runDraft(builder, { query: 'earlier' });
  await desk.save('earlier', { text: 'select true as done' });
  await stored('select false as done');
  expect((await run()).body.rows).toEqual([{ done: false }]);
  await stored('select (0::int).pg_cancel_backend as done');
  const answer = await run();
  expect(answer.problem).toMatchObject({ status: 409, code: 'query_outdated' });
  expect(answer.problem?.detail).toContain('pg_cancel_backend() reaches beyond this query');
  // G9: a member may not read statements.
  const { problem } = await desk.run(member, { query: 'earlier' }, await desk.publish());
  expect([problem?.code, problem?.detail]).toEqual(['query_outdated', undefined]);
  await stored("select ('none'::regclass).nextval is null as done");
  expect((await run()).problem).toMatchObject({ code: 'query_outdated' });
  const { items } = await app.owner.ok(contract.audit.listAuditRecords, { query: { outcome: 'refused' } });
  expect(items[0]).toMatchObject({
    event: 'gateway.ran',
    data: { query: 'earlier', code: 'query_outdated' },
  });
});

it('A9 runs that are refused without end are told why each time, and recorded as far as is fair', async () => {
  const hasty = await app.person('member');
  const runs = Array.from({ length: 330 }, () => desk.run(hasty, { query: 'one', arguments: { more: 1 } }));
  const codes = (await Promise.all(runs)).map(({ problem }) => problem?.code);
  expect(new Set(codes)).toEqual(new Set(['argument_surplus']));
  const { rowCount } = await asAdmin(app.ownerUrl, (client) =>
    client.query(
      `select from audit_records where event = 'gateway.ran' and leaf::jsonb #>> '{actor,id}' = $1`,
      [hasty.me?.person.id],
    ),
  );
  expect(rowCount).toBeGreaterThanOrEqual(300);
  expect(rowCount).toBeLessThan(320);
  expect((await desk.run(hasty, { query: 'one' })).status).toBe(200);
});

describe('what a member gets', () => {
  it('Q16 is headed by its columns, and its values keep their meaning', async () => {
    const { body, headers } = await desk.run(member, {
      query: 'byId',
      arguments: { table_selectedRow_id: '9007199254740993' },
    });
    expect(body.columns.slice(0, 3)).toEqual([
      { name: 'id', engineType: 'bigint', type: 'integer', nullable: false },
      { name: 'customer', engineType: 'text', type: 'text', nullable: false },
      { name: 'total', engineType: 'numeric(16,2)', type: 'decimal', nullable: true },
    ]);
    expect(body.rows[0]).toMatchObject({
      id: '9007199254740993',
      total: '12345678901.25',
      placed: '2026-02-28',
      paid: null,
    });
    expect(body.end).toMatchObject({ rows: 1, changed: null, truncated: null });
    expect(headers.get('cache-control')).toContain('no-store');
  });
  it('answers NDJSON by line, with the end last', async () => {
    const answer = await member.call(contract.gateway.run, {
      body: { release: desk.release, query: 'one' },
      headers: { accept: 'application/x-ndjson' },
    });
    const lines = answer.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      { run: expect.any(String), columns: [expect.objectContaining({ name: 'one' })] },
      { one: 1 },
      { run: lines[0].run, end: expect.objectContaining({ rows: 1 }) },
    ]);
  });
  it('a cap is part of the answer', async () => {
    const { body } = await desk.run(member, { query: 'capped' });
    expect(body.rows).toHaveLength(5);
    expect(body.end.truncated).toEqual({ by: 'rows', cap: 5 });
  });
  // PostgreSQL read 12:00+02:00 as 12:00 there, past the limit that 10:00 had kept.
  it('Q4 Q17 an instant is that instant where PostgreSQL keeps no offset, and never past its limit', async () => {
    const given = {
      walls: ['2026-01-01T00:00:00-05:30', '2026-01-01T00:00:00'],
      at: '2026-01-01T12:00:00+02:00',
    };
    expect(await rowsOf('clock', { ...given, wall: '2026-01-01T12:00:00.5+02:30' })).toEqual([
      {
        wall: '2026-01-01T09:30:00.5',
        walls: ['2026-01-01T05:30:00', '2026-01-01T00:00:00'],
        at: '2026-01-01T10:00:00+00:00',
      },
    ]);
    const late = { ...given, wall: '2026-01-01T09:00:00-02:00' };
    expect((await desk.run(member, { query: 'clock', arguments: late })).problem?.code).toBe(
      'argument_invalid',
    );
    const filters = [{ column: 'wall', operator: 'eq' as const, value: '2026-01-01T13:00:00+02:00' }];
    expect((await desk.run(member, { query: 'clocks', window: { filters } })).body.rows).toEqual([
      { n: 1, wall: '2026-01-01T11:00:00' },
    ]);
  });
  it('Q5 a SELECT writes by a function that it calls where its author says so, and nowhere else', async () => {
    const { queries } = await app.owner.ok(contract.apps.getDraft, { params: { id: desk.appId } });
    expect(queries.close?.compiled).toMatchObject({ effect: 'write', tables: null, key: [] });
    expect(queries.closeRead?.compiled.effect).toBe('read');
    const stopped = await desk.run(member, { query: 'closeRead', arguments: { id: 9 } });
    expect(stopped.problem?.code).toBe('source_refused_statement');
    expect(await rowsOf('byId', { table_selectedRow_id: 9 })).toMatchObject([{ customer: 'customer 9' }]);
    const done = await desk.run(member, { query: 'close', arguments: { id: 9 } });
    expect(done.body).toMatchObject({
      rows: [{ id: '9', closed: 'closed' }],
      end: { rows: 1, changed: null },
    });
    expect(await rowsOf('byId', { table_selectedRow_id: 9 })).toMatchObject([{ customer: 'closed' }]);
    for (const [more, path] of [
      [{ run: 'auto' }, 'run'],
      [{ windowed: true }, 'windowed'],
      [{ expectRows: { exactly: 1 } }, 'expectRows'],
    ] as const) {
      const { problem } = await desk.save('bad', { text: 'select close_order(1)', writes: true, ...more });
      expect(problem?.places).toMatchObject([{ path }]);
    }
  });
  it('Q4 a long text comes as it was and as it is now', async () => {
    const [now, before] = ['x'.repeat(1_000_000), 'é'.repeat(1_000_000)];
    expect(await rowsOf('long', { now, before })).toEqual([{ n: 2_000_000 }]);
  });

  it('Q4 a value that stands where any type may has the type that it has in other places', async () => {
    const none = { n: null, since: null, q: null, by: 'id' };
    expect(await rowsOf('filtered', none)).toEqual([{ id: '1' }, { id: '2' }]);
    expect(await rowsOf('filtered', { ...none, n: 7 })).toEqual([{ id: '7' }]);
    expect(await rowsOf('filtered', { ...none, q: '10', by: 'customer' })).toEqual([
      { id: '10' },
      { id: '110' },
    ]);
    expect(await rowsOf('filtered', { ...none, since: '2026-01-01T09:00:00+02:00' })).toEqual([
      { id: '7' },
      { id: '8' },
    ]);
  });
  it('Q3 binds a list, and an empty one matches nothing', async () => {
    expect(await rowsOf('byIds', { ids: [3, 1] })).toEqual([{ id: '1' }, { id: '3' }]);
    expect(await rowsOf('byIds', { ids: [] })).toEqual([]);
  });
  it('Q2 runs the statement of the choice, and no other text', async () => {
    expect((await rowsOf('sorted', { by: 'id', way: 'desc' }))[0]).toEqual({ id: '9', small: 9 });
    expect(
      (await desk.run(member, { query: 'sorted', arguments: { by: 'id', way: 'asc; drop table orders' } }))
        .problem?.code,
    ).toBe('argument_invalid');
  });
});

describe('Q6 a write says how many rows it may change', () => {
  it('and is rolled back when it would change more or fewer', async () => {
    const changed = await desk.run(member, { query: 'rename', arguments: { id: 7, name: 'seven' } });
    expect(changed.body.end).toMatchObject({ changed: 1 });
    expect(
      (await desk.run(member, { query: 'rename', arguments: { id: -1, name: 'x' } })).problem?.code,
    ).toBe('write_exceeded_expectation');
    expect(
      (await desk.run(member, { query: 'renameAll', arguments: { above: 400, name: 'x' } })).problem?.code,
    ).toBe('write_exceeded_expectation');
    expect(await rowsOf('find', { q: 'customer 450' })).toHaveLength(1);
  });
});

describe('Q11 and Q12 identity', () => {
  it('is the signed-in person’s, and a sent one is refused, not ignored', async () => {
    expect(await rowsOf('me')).toEqual([{ email: member.me?.person.email, id: member.me?.person.id }]);
    const forged = await desk.run(member, {
      query: 'me',
      arguments: { currentUser_email: 'owner@harbor.example' },
    });
    expect(forged.problem).toMatchObject({ status: 422, code: 'argument_not_yours' });
    const surplus = await desk.run(member, { query: 'one', arguments: { x: 1 } });
    expect(surplus.problem?.code).toBe('argument_surplus');
    const extra = await member.raw('/v1/runs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ release: desk.release, query: 'one', currentUser: { id: 'x' } }),
    });
    expect(extra.status).toBe(400);
  });
  it('constants are bound on the server, and a secret one is never shown', async () => {
    expect((await desk.run(member, { query: 'rate' })).problem?.code).toBe('constant_missing');
    const set = (value: string, secret: boolean) =>
      app.owner.ok(contract.gateway.setConstant, { params: { name: 'rate' }, body: { value, secret } });
    await set('1.25', false);
    await expect.poll(() => rowsOf('rate')).toEqual([{ twice: '2.50' }]);
    expect(await set('4', true)).toMatchObject({ secret: true, value: null });
    await expect.poll(() => rowsOf('rate')).toEqual([{ twice: '8' }]);
    expect(await app.owner.ok(contract.gateway.listConstants)).toMatchObject({
      items: [{ name: 'rate', value: null }],
    });
    const removed = (name: string) => app.owner.ok(contract.gateway.removeConstant, { params: { name } });
    const remove = () => removed('rate');
    const beside = { params: { name: 'beside' }, body: { value: '7', secret: false } };
    await app.owner.ok(contract.gateway.setConstant, beside);
    await remove();
    expect(await app.owner.ok(contract.gateway.listConstants)).toMatchObject({
      items: [{ name: 'beside', value: '7' }],
    });
    await removed('beside');
    await expect
      .poll(async () => (await desk.run(member, { query: 'rate' })).problem?.code)
      .toBe('constant_missing');
    // Made by two at once, one of them is what is bound.
    await asAdmin(app.ownerUrl, async (client) => {
      await client.query('begin; lock table constants in share mode');
      const both = ['5', '6'].map((value) => set(value, true));
      // Asked anew each time: within a transaction the answer stays what it was.
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      const ask = async () => (await asAdmin(app.ownerUrl, (other) => other.query(waiting))).rowCount;
      await expect.poll(ask, { timeout: 10_000 }).toBe(2);
      await client.query('rollback');
      await Promise.all(both);
    });
    await expect.poll(() => rowsOf('rate')).toMatchObject([{ twice: expect.stringMatching(/^1[02]$/) }]);
    await remove();
  });
});

describe('Q13 the engine receives the compiled bytes', () => {
  it('and no value ever changes them: its own log says so', async () => {
    const before = (await customer.statements()).length;
    const hostile = [
      "'",
      "''; drop table orders; --",
      '$1',
      '{{ q }}',
      '*/',
      '\\',
      '%',
      'é\u202e',
      '"',
      '$$',
      ';select 1',
    ];
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constantFrom(...hostile), fc.string({ maxLength: 30 })), async (q) => {
        if (q.includes('\0') || !q.isWellFormed()) return;
        runs++;
        expect((await desk.run(member, { query: 'find', arguments: { q } })).status).toBe(200);
      }),
      { numRuns: 40 },
    );
    const compiled = "select id, customer from orders where customer ilike '%' || $1 || '%' -- by name";
    await expect
      .poll(
        async () =>
          (await customer.statements()).slice(before).filter((text) => text.includes('ilike')).length,
      )
      .toBe(runs);
    const received = (await customer.statements()).slice(before).filter((text) => text.includes('ilike'));
    expect(new Set(received).size).toBe(1);
    expect(received[0]).toContain(compiled);
    expect(await rowsOf('one')).toEqual([{ one: 1 }]);
  });
});

describe('Q14 a draft runs by the same road', () => {
  it('for those who may edit, and never in production', async () => {
    const builder = await app.person('builder');
    expect((await desk.runDraft(builder, { query: 'one' })).body.rows).toEqual([{ one: 1 }]);
    expect((await desk.runDraft(builder, { query: 'one' }, 'production')).problem?.code).toBe(
      'draft_not_in_production',
    );
    expect((await desk.runDraft(member, { query: 'one' })).status).toBe(403);
    expect(
      (await desk.runDraft(builder, { query: 'me', arguments: { currentUser_id: 'x' } })).problem?.code,
    ).toBe('argument_not_yours');
  });
  it('Q9 a saved query is not in the release before it is published', async () => {
    await desk.save('later', { text: 'select 2 as two' });
    for (const query of ['later', 'constructor'])
      expect((await desk.run(member, { query })).problem?.code, query).toBe('query_not_found');
    const release = await desk.publish();
    expect((await desk.run(member, { query: 'later' }, release)).body.rows).toEqual([{ two: 2 }]);
  });
  it('Q9 what a hand changed in the table since it was reviewed does not run', async () => {
    await desk.save('kept', { text: 'select 2 as two' });
    const release = await desk.publish();
    const exchange = (from: string, to: string) =>
      asAdmin(app.ownerUrl, async (client) => {
        for (const [table, column] of [
          ['app_releases', 'queries'],
          ['app_draft_queries', 'compiled'],
        ])
          await client.query(
            `update ${table} set ${column} = replace(${column}::text, '${from}', '${to}')::jsonb`,
          );
      });
    await exchange('select 2 as two', 'select 3 as two');
    try {
      for (const answer of [
        await desk.run(member, { query: 'kept' }, release),
        await desk.runDraft(app.owner, { query: 'kept' }),
      ])
        expect(answer.problem).toMatchObject({ status: 500, code: 'fault' });
    } finally {
      await exchange('select 3 as two', 'select 2 as two');
    }
    expect((await desk.run(member, { query: 'kept' }, release)).body.rows).toEqual([{ two: 2 }]);
  });
});

describe('Q2 and Q5 what does not compile is not saved', () => {
  it.each([
    ["select '{{ a }}'", 'string'],
    ['select * from {{ t }}', 'choice'],
    ['drop table orders', 'schema'],
    ['select * from orders; select 1', 'one statement'],
    ['select nope from orders', 'nope'],
    ['select * from orders where placed > date {{ d }}', '{{ value }}::date'],
    ['select * from orders where {{ v }} is null or doc @> to_jsonb({{ v }})', '{{ value }}::text'],
    ['update orders set total = {{ d }}, small = {{ d }}', 'numeric in one place and integer in another'],
    ["select * from orders where {{ d }} = '' or small = {{ d }}", 'Cast the value beside it to the type'],
    ['select * from orders where placed < {{ d }} + 1', 'Cast the value beside it to the type'],
    ["select * from (select '1'::json as j) t where j = {{ v }}", 'Compare its text: column::text'],
    ["select * from (select '1'::json as j) t where {{ v }} = j", 'Compare its text: column::text'],
    ["select * from orders where small = {{ d }} or {{ d }} ~ 'x'", 'Cast the value beside it to the type'],
    ['select to_jsonb({{ v }}) as a', 'such as to_jsonb({{ value }}::text).'],
    ['select 1 as a, 2 as a', 'Two columns'],
    ["select pg_read_file('/etc/passwd')", 'pg_read_file'],
  ])('%s', async (text, said) => {
    const answer = await desk.save('bad', { text });
    expect(answer.problem).toMatchObject({ status: 422, code: 'query_not_compilable' });
    expect(answer.problem?.places?.[0]?.message ?? '').toContain(said);
  });
  it('with no word of a value where none is beside', async () => {
    const { problem } = await desk.save('bad', {
      text: 'select * from orders where customer = small or small = {{ v }}',
    });
    expect(problem?.places?.[0]?.message).toMatch(/text = integer\..* casts\.$/);
  });
  it('at the value itself, where the database tells its number only', async () => {
    const text = "select jsonb_build_object('a', {{ small.value }}::int, '$1', {{ v }}) as a";
    const { problem } = await desk.save('bad', { text });
    expect(problem?.places).toEqual([
      { path: 'text', at: text.indexOf('{{ v }}'), length: 7, message: expect.stringContaining('::text') },
    ]);
  });
  const orders = (where: string) => `select id from orders where ${where}`;
  const small = { text: orders('small = {{ v }}') };
  const update = { text: 'update orders set small = {{ v }} where id = {{ id }}' };
  const chosen = (...list: string[]) => ({ text: 'select {{ v }} as v from orders', choices: { v: list } });
  it.each<[string, object]>([
    ['only run on an event', { ...update, run: 'auto' }],
    ['cannot expect changed rows', { ...small, expectRows: { exactly: 1 } }],
    ['proven to only read', { ...update, windowed: true }],
    ['same columns with the same types', chosen('id', 'customer')],
    ['the same text twice', chosen('id', 'id')],
    ['at most 200 expressions', { text: `select ${Array(201).fill('{{ v }}').join()}` }],
    ['Only its list can be set', { ...chosen('id'), arguments: { v: { maxLength: 9 } } }],
    ['is a single value', { ...small, arguments: { v: { list: true } } }],
    ['is a list', { text: orders('small in ({{ v }})'), arguments: { v: { list: false } } }],
    ['is a list of texts', { text: orders('customer = {{ currentUser.groups }}') }],
    ['is text, and', { text: orders('small = {{ currentUser.name }}') }],
    ['cannot be converted to it', { ...small, arguments: { v: { type: 'date' } } }],
    ['contain', { text: orders("'x'::bytea = {{ v }}") }],
    ['not a valid integer', { ...small, arguments: { v: { min: '1.5' } } }],
    ['not a valid decimal', { text: orders('total = {{ v }}'), arguments: { v: { max: '1e5' } } }],
    ['not a valid date', { text: orders('placed = {{ v }}'), arguments: { v: { min: 'today' } } }],
    ['only available for integers', { text: orders('customer = {{ v }}'), arguments: { v: { min: '1' } } }],
    ['only available for text', { ...small, arguments: { v: { maxLength: 9 } } }],
    ['accepts SQL, not requests', { kind: 'rest', method: 'GET', path: '/' }],
    ['not found', { text: 'select 1 as one', source: 'nowhere' }],
  ])('what is “%s”', async (said, document) => {
    const answer = await desk.save('bad', document);
    expect(answer.problem).toMatchObject({ status: 422, code: 'query_not_compilable' });
    expect(answer.problem?.places?.[0]?.message ?? '').toContain(said);
  });
});

describe('Q16 a schema that changed', () => {
  it('fails the run and never shifts values', async () => {
    await asCustomer('insert into shape values (1, 5)');
    expect(await rowsOf('shape')).toEqual([{ id: 1, a: 5 }]);
    await asCustomer('alter table shape rename a to b');
    expect((await desk.run(member, { query: 'shape' })).problem?.code).toBe('source_shape_changed');
  });
});

describe('Q17 a window', () => {
  const page = async (window: object) => (await desk.run(member, { query: 'list', window } as never)).body;
  it('pages, sorts, filters, searches and counts on the server', async () => {
    const body: RunAnswer = await page({
      limit: 2,
      offset: 1,
      total: true,
      search: 'mer 1',
      sort: [{ column: 'total', direction: 'desc' }],
      filters: [{ column: 'placed', operator: 'gt', value: '2026-01-05' }],
    });
    expect(body.rows.map((row) => row.id)).toEqual(['198', '197']);
    expect(body.end.total).toBe(110);
  });
  it('pages without overlap by the key, and takes hostile values as values', async () => {
    const first = await page({ limit: 3, sort: [{ column: 'paid', direction: 'asc' }] });
    const second = await page({ limit: 3, offset: 3, sort: [{ column: 'paid', direction: 'asc' }] });
    expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(6);
    expect((await page({ search: "%'; drop table orders; --" })).rows).toEqual([]);
    expect(
      (await page({ filters: [{ column: 'id', operator: 'in', value: ['9007199254740993', 2] }] })).rows,
    ).toHaveLength(2);
  });
  it('is refused where the query takes none', async () => {
    expect((await desk.run(member, { query: 'one', window: {} })).problem?.code).toBe('window_not_allowed');
  });
});

describe('refusals', () => {
  it('G9 a builder sees the database’s message, a member a plain one', async () => {
    const given = { query: 'divide', arguments: { by: 0 } };
    const plain = await desk.run(member, given);
    expect(plain.problem?.requestId).toBeTruthy();
    expect(plain.text).not.toContain('zero');
    expect((await desk.run(app.owner, given)).problem?.detail).toContain('division by zero');
  });
  it('G1 another organization gets the same answer as for an unknown release', async () => {
    const stranger = await app.otherOrganization();
    const foreign = await desk.run(stranger, { query: 'one' });
    const unknown = await desk.run(stranger, { query: 'one' }, 'a'.repeat(64));
    expect(foreign.problem).toMatchObject({ status: 404, code: 'release_not_found' });
    expect({ ...foreign.problem, requestId: '' }).toEqual({ ...unknown.problem, requestId: '' });
    const { items } = await stranger.ok(contract.audit.listAuditRecords, {
      query: { event: 'access.refused' },
    });
    expect(items.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  });
  it('G1 S3 someone outside the audience is refused at once, and a paused source refuses', async () => {
    const audience = (everyone: boolean) =>
      app.owner.ok(contract.apps.changeApp, {
        params: { id: desk.appId },
        body: { audience: { everyone, groups: [] } },
      });
    await audience(false);
    await expect
      .poll(async () => (await desk.run(member, { query: 'one' })).problem?.code)
      .toBe('app_not_shared');
    await audience(true);
    const pause = (paused: boolean) =>
      app.owner.ok(contract.sources.changeSource, { params: { id: desk.sourceId }, body: { paused } });
    await pause(true);
    await expect
      .poll(async () => (await desk.run(member, { query: 'one' })).problem?.code)
      .toBe('source_paused');
    await pause(false);
    await expect.poll(async () => (await desk.run(member, { query: 'one' })).status).toBe(200);
  });
  it('S3 a write that was released is refused once its source is for reading only', async () => {
    const open = (mode: 'read' | 'read-write') =>
      app.owner.ok(contract.sources.changeSource, { params: { id: desk.sourceId }, body: { mode } });
    // Of a row that is not there, so that nothing is changed while the change is on its way.
    const write = async () =>
      (await desk.run(member, { query: 'rename', arguments: { id: -1, name: 'x' } })).problem?.code;
    expect(await write()).toBe('write_exceeded_expectation');
    await open('read');
    await expect.poll(write).toBe('source_read_only');
    const saved = await desk.save('late', { text: 'update orders set small = 1' });
    expect(saved.problem?.places?.[0]?.message).toContain('is read-only, and this statement may write');
    await open('read-write');
  });
});
