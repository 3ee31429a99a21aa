import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contract, rawNumber } from '@sallyport/contract';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, type TestClient, testApp } from '../../../../test/app.ts';
import { type CustomerDatabase, customerMariadb, hasMariadb, isMysql } from '../../../../test/engines.ts';
import { type ReleasedQueries, releasedQueries } from '../../../../test/released-queries.ts';

let app: TestApp;
let member: TestClient;

beforeAll(async () => {
  app = await testApp();
  member = await app.person('member');
}, 60_000);
afterAll(() => app?.stop());

describe.skipIf(!hasMariadb)('Q15 MySQL and MariaDB go by the same road', () => {
  let customer: CustomerDatabase;
  let desk: ReleasedQueries;
  beforeAll(async () => {
    customer = await customerMariadb();
    const connection = await mysql.createConnection(customer.adminUrl);
    await connection.query(
      'create table orders (id bigint primary key, customer varchar(80) not null, total decimal(20,2), placed date, at datetime)',
    );
    await connection.query(
      `insert into orders values (1,'Ann',1.50,'2026-01-01','2026-01-01 10:00:00'),
        (2,'Bob',12345678901234567.25,'2026-01-02',null),(9007199254740993,'Cy',null,null,null)`,
    );
    await connection.query('set global log_bin_trust_function_creators = 1');
    await connection.query(
      'create function rename_order(n bigint, called text) returns int modifies sql data begin update orders set customer = called where id = n; return row_count(); end',
    );
    await connection.end();
    desk = await releasedQueries(app, customer, 'mysql', {
      call: { text: 'select rename_order({{ id }}, {{ name }}) as changed', writes: true },
      byIds: {
        text: 'select id, customer from orders where id in ({{ ids }}) and customer <> {{ but }} order by id',
      },
      notIn: {
        text: 'select id from orders where id not in ({{ ids }})',
        arguments: { ids: { nullable: true } },
      },
      at: { text: 'select id from orders where at = {{ when }}' },
      list: { text: 'select * from orders', windowed: true },
      page: { text: 'select id from orders order by id limit {{ n }}' },
      add: {
        text: 'insert into orders (id, customer, `total`, placed) values ({{ id }}, {{ name }}, abs({{ t }}), {{ placed }})',
      },
      rename: {
        text: 'update orders set customer = {{ name }} where id = {{ id }}',
        expectRows: { exactly: 1 },
      },
    } as never);
  }, 60_000);
  afterAll(() => customer?.close());
  const rows = async (query: string, given: Record<string, unknown>) =>
    (await desk.run(member, { query, arguments: given })).body.rows;

  it('Q3 writes a list out by its length; an empty one matches nothing, and excludes nothing', async () => {
    expect(await rows('byIds', { ids: [1, 2, '9007199254740993'], but: 'Bob' })).toEqual([
      { id: '1', customer: 'Ann' },
      { id: '9007199254740993', customer: 'Cy' },
    ]);
    expect(await rows('byIds', { ids: [], but: 'x' })).toEqual([]);
    expect(await rows('notIn', { ids: [] })).toHaveLength(3);
    // As in PostgreSQL: of no list at all, it is not known what is outside of it.
    expect(await rows('notIn', { ids: null })).toEqual([]);
    expect(
      (await desk.run(member, { query: 'byIds', arguments: { ids: ['1) or (1=1'], but: '' } })).problem?.code,
    ).toBe('argument_invalid');
  });
  it('Q4 takes an instant with its offset, and a time without one as it is', async () => {
    for (const when of ['2026-01-01T12:00:00+02:00', '2026-01-01 10:00'])
      expect(await rows('at', { when })).toEqual([{ id: '1' }]);
  });
  it('Q5 runs a SELECT as a write where its author says that a function writes', async () => {
    expect(await rows('call', { id: '1', name: 'Anna' })).toEqual([{ changed: 1 }]);
    expect(await rows('byIds', { ids: [1], but: '' })).toEqual([{ id: '1', customer: 'Anna' }]);
    expect(await rows('call', { id: '1', name: 'Ann' })).toEqual([{ changed: 1 }]);
  });
  it('Q4 takes an integer after LIMIT', async () => {
    expect(await rows('page', { n: 2 })).toHaveLength(2);
    expect(
      (await desk.run(member, { query: 'page', arguments: { n: '1; drop table orders' } })).problem?.code,
    ).toBe('argument_invalid');
  });
  it('Q17 windows, with exact numbers and hostile values', async () => {
    const answer = await desk.run(member, {
      query: 'list',
      window: {
        limit: 10,
        total: true,
        sort: [{ column: 'placed', direction: 'desc' }],
        filters: [{ column: 'total', operator: 'eq', value: '12345678901234567.25' }],
      },
    });
    expect(answer.body.rows).toMatchObject([
      { id: '2', total: '12345678901234567.25', placed: '2026-01-02' },
    ]);
    expect(answer.body.end.total).toBe(1);
    const hostile = await desk.run(member, { query: 'list', window: { search: "\\' or 1=1 -- %" } });
    expect(hostile.body.rows).toEqual([]);
    const found = await desk.run(member, { query: 'list', window: { search: 'aNN' } });
    expect(found.body.rows).toHaveLength(1);
  });
  it('Q17 pages by position with exact numbers, and knows where missing values stand', async () => {
    const look = { limit: 1, total: true, sort: [{ column: 'total', direction: 'asc' as const }] };
    const seen: unknown[] = [];
    let answer = await desk.run(member, { query: 'list', window: look });
    for (; answer.body.rows.length > 0 && seen.length < 9; ) {
      const [row] = answer.body.rows;
      seen.push(row?.id);
      expect(answer.body.position).toEqual(['total', 'id']);
      const after = { total: (row?.total ?? null) as string | null, id: String(row?.id) };
      answer = await desk.run(member, { query: 'list', window: { ...look, after } });
      expect(answer.body.end).toMatchObject({ total: 3, offset: seen.length });
    }
    expect(seen).toEqual(['9007199254740993', '1', '2']);
    const back = await desk.run(member, {
      query: 'list',
      window: { ...look, limit: 5, before: { total: '12345678901234567.25', id: '2' } },
    });
    expect(back.body.rows.map((row) => row.id)).toEqual(['9007199254740993', '1']);
    expect(back.body.end).toMatchObject({ total: 3, offset: 0 });
  });
  it('Q4 proposes the type of the column that a value stands beside', async () => {
    const draft = await app.owner.ok(contract.apps.getDraft, { params: { id: desk.appId } });
    const types = draft.queries.add?.compiled.arguments.map(({ name, type }) => [name, type]);
    expect(types).toEqual([
      ['id', 'integer'],
      ['name', 'text'],
      ['t', 'decimal'],
      ['placed', 'date'],
    ]);
    expect(
      (await desk.run(member, { query: 'add', arguments: { id: 'x', name: '', t: '', placed: null } }))
        .problem?.code,
    ).toBe('argument_invalid');
  });
  it('Q6 rolls back a write that changes more or fewer', async () => {
    expect(
      (await desk.run(member, { query: 'rename', arguments: { id: 1, name: "O'Hara \\" } })).body.end.changed,
    ).toBe(1);
    expect(
      (await desk.run(member, { query: 'rename', arguments: { id: 99, name: 'x' } })).problem?.code,
    ).toBe('write_exceeded_expectation');
    expect(await rows('byIds', { ids: [1], but: '' })).toEqual([{ id: '1', customer: "O'Hara \\" }]);
  });
});

describe.skipIf(!hasMariadb)('Q4 MySQL and MariaDB reckon with every digit of a number', () => {
  let customer: CustomerDatabase;
  beforeAll(async () => {
    customer = await customerMariadb();
  });
  afterAll(() => customer?.close());
  it('of decimals and of integers past 2^53, sent as text or as numbers', async () => {
    const connection = await mysql.createConnection({
      uri: customer.adminUrl,
      supportBigNumbers: true,
      bigNumberStrings: true,
    });
    await connection.query(
      'create table `the.sums` (id bigint primary key, amount decimal(30,2), ratio double, f float)',
    );
    await connection.query(
      "insert into `the.sums` values (9007199254740993, '12345678901234567.25', 0.1, 0.3)",
    );
    const desk = await releasedQueries(app, customer, 'mysql', {
      raise: {
        text: 'update `the.sums` set amount = amount + {{ by }}, id = id + {{ one }} where ID = {{ id }} and ratio = {{ ratio }} and f = {{ f }}',
      },
      scale: {
        text: 'update `the.sums` set ratio = {{ ratio }}, amount = amount * {{ by }} where id in ({{ ids }})',
      },
    } as never);
    const given = { by: '0.01', one: 1, id: '9007199254740993', ratio: 0.1, f: 0.3 };
    expect((await desk.run(member, { query: 'raise', arguments: given })).body.end.changed).toBe(1);
    const kept = async () => (await connection.query('select * from `the.sums`'))[0];
    expect(await kept()).toEqual([
      { id: '9007199254740994', amount: '12345678901234567.26', ratio: 0.1, f: 0.3 },
    ]);
    const again = { by: '10', ids: ['9007199254740993', '9007199254740994'], ratio: 1e-300 };
    expect((await desk.run(member, { query: 'scale', arguments: again })).body.end.changed).toBe(1);
    expect(await kept()).toEqual([
      { id: '9007199254740994', amount: '123456789012345672.60', ratio: 1e-300, f: 0.3 },
    ]);
    await connection.end();
  });
  it('within JSON too, which no parser of ours rounds on its way', async () => {
    const connection = await mysql.createConnection({ uri: customer.adminUrl, jsonStrings: true });
    await connection.query('create table docs (id int primary key, doc json not null)');
    const { save, publish, run } = await releasedQueries(app, customer, 'mysql', {});
    const add = { text: 'insert into docs (id, doc) values ({{ id }}, {{ doc }})' };
    expect((await save('add', add as never)).problem).toBeUndefined();
    const release = await publish();
    const doc = { id: rawNumber('9007199254740993'), in: [rawNumber('0.12345678901234567890'), 0.1] };
    const added = await run(member, { query: 'add', arguments: { id: 1, doc } }, release);
    expect(added.body.end.changed).toBe(1);
    const [kept] = await connection.query({ sql: 'select doc from docs', rowsAsArray: true });
    // MySQL keeps no text of JSON: its integers with every digit, and other numbers as doubles.
    expect(kept).toEqual([
      [
        isMysql
          ? '{"id": 9007199254740993, "in": [0.12345678901234568, 0.1]}'
          : '{"id":9007199254740993,"in":[0.12345678901234567890,0.1]}',
      ],
    ]);
    const past = await run(
      member,
      { query: 'add', arguments: { id: rawNumber('9007199254740993'), doc } },
      release,
    );
    expect(past.problem?.places?.[0]?.message).toContain('as text');
    await connection.end();
  });
});

describe('Q7 and Q15 HTTP goes by the same road', () => {
  let server: Server;
  let desk: ReleasedQueries;
  const received: { method: string; url: string; body: string; tag: string }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => {
        body += piece;
      });
      request.on('end', () => {
        const tag = String(request.headers['x-who'] ?? '');
        received.push({ method: request.method ?? '', url: request.url ?? '', body, tag });
        response.setHeader('content-type', 'application/json');
        response.setHeader('x-total-count', '25');
        if (body.includes('too short')) return response.end('{"errors": [{"message": "too short"}]}');
        response.end(
          JSON.stringify({
            items: [
              { id: 1, name: 'Ann' },
              { id: 2, name: null },
            ],
          }),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    desk = await releasedQueries(
      app,
      { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2` },
      'rest',
      {
        find: {
          method: 'GET',
          path: '/people/{{ id }}/orders',
          query: [{ name: 'q', value: '{{ q }}' }],
          headers: [{ name: 'x-who', value: '{{ currentUser.email }}' }],
          rowsAt: 'items',
        },
        create: {
          method: 'POST',
          path: '/people',
          body: { json: '{ "name": {{ name }}, "by": {{ currentUser.id }} }' },
          rowsAt: 'items',
        },
        tagged: {
          method: 'GET',
          path: '/people',
          query: [
            { name: 'tag[]', value: '{{ tags }}', each: true },
            { name: 'group', value: '{{ currentUser.groups }}', each: true },
          ],
          rowsAt: 'items',
          answerHeaders: ['X-Total-Count', 'X-None'],
        },
        rename: { method: 'POST', path: '/people', body: { json: '{{ name }}' }, errorAt: 'errors' },
        clear: {
          method: 'DELETE',
          path: '/people',
          query: [{ name: 'id', value: '{{ ids }}', each: true }],
        },
      } as never,
    );
  }, 60_000);
  afterAll(() => void server?.close());

  it('values stay in their places, and identity is the server’s', async () => {
    const answer = await desk.run(member, {
      query: 'find',
      arguments: { id: 'group/admin?x=#', q: 'a&b=c' },
    });
    expect(answer.body.rows).toEqual([
      { id: 1, name: 'Ann' },
      { id: 2, name: null },
    ]);
    expect(answer.body.columns.map((column) => column.name)).toEqual(['id', 'name']);
    expect(received.at(-1)).toEqual({
      method: 'GET',
      url: '/v2/people/group%2Fadmin%3Fx%3D%23/orders?q=a%26b%3Dc',
      body: '',
      tag: member.me?.person.email,
    });
    await desk.run(member, { query: 'create', arguments: { name: '", "admin": true, "x": "' } });
    expect(JSON.parse(received.at(-1)?.body ?? '')).toEqual({
      name: '", "admin": true, "x": "',
      by: member.me?.person.id,
    });
  });
  it('a list is sent once for each of its items, and the headers that are named are told, in each form', async () => {
    const tags = ['a&b=c', 'ü/#', ''];
    const asked = { query: 'tagged', arguments: { tags } };
    const answer = await desk.run(member, asked);
    expect(answer.body).toMatchObject({ headers: { 'x-total-count': '25' }, rows: [{ id: 1 }, { id: 2 }] });
    const sent = new URL(received.at(-1)?.url ?? '', 'http://api').searchParams;
    expect([sent.getAll('tag[]'), sent.getAll('group')]).toEqual([tags, []]);
    expect((await desk.runDraft(app.owner, asked)).body.headers).toEqual({ 'x-total-count': '25' });
    expect((await desk.run(member, { ...asked, arguments: { tags: 'a' } })).problem?.code).toBe(
      'argument_invalid',
    );
    const find = await desk.run(member, { query: 'find', arguments: { id: 'a', q: '' } });
    expect(find.body).not.toHaveProperty('headers');
  });
  it('what the API says that it refused was not made, and nothing of it is told to a member', async () => {
    const { problem } = await desk.run(member, { query: 'rename', arguments: { name: 'too short' } });
    expect(problem).toMatchObject({ code: 'source_refused_statement' });
    expect(JSON.stringify(problem)).not.toContain('too short');
    expect((await desk.run(member, { query: 'rename', arguments: { name: 'long' } })).status).toBe(200);
  });
  it('an empty list makes no DELETE of everything', async () => {
    const count = received.length;
    const { problem } = await desk.run(member, { query: 'clear', arguments: { ids: [] } });
    expect(problem).toMatchObject({ code: 'argument_invalid', places: [{ path: 'arguments.ids' }] });
    expect(received).toHaveLength(count);
    await desk.run(member, { query: 'clear', arguments: { ids: ['1', '2'] } });
    expect(received.at(-1)).toMatchObject({ method: 'DELETE', url: '/v2/people?id=1&id=2' });
  });
  it('refuses “..” as a value, and a window', async () => {
    const count = received.length;
    for (const id of ['..', '../../admin'])
      expect((await desk.run(member, { query: 'find', arguments: { id, q: '' } })).problem?.code).toBe(
        'argument_invalid',
      );
    expect(
      (await desk.run(member, { query: 'find', arguments: { id: 'a', q: '' }, window: {} })).problem?.code,
    ).toBe('window_not_allowed');
    const after = { arguments: { id: 'a', q: '' }, window: { after: { id: 1 } } };
    expect((await desk.run(member, { query: 'find', ...after })).problem?.code).toBe('window_not_allowed');
    expect(received).toHaveLength(count);
  });
  it('runs a draft of it too, and says what it sends', async () => {
    const answer = await desk.runDraft(app.owner, { query: 'find', arguments: { id: 'a', q: 'b' } });
    expect(answer.status).toBe(200);
    // G11: an address may hold a secret, so a request as it was sent is told to nobody.
    expect(answer.body).toHaveProperty('sent', null);
    expect(answer.text).not.toContain('/people/');
    const draft = await app.owner.ok(contract.apps.getDraft, { params: { id: desk.appId } });
    expect(draft.queries.find?.compiled).toMatchObject({
      language: 'rest',
      effect: 'read',
      statements: ['GET /people/{id}/orders?q={q}\nx-who: {currentUser_email}'],
    });
  });
});
