import { hash } from 'node:crypto';
import { contract, type Position, type RunAnswer } from '@sallyport/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, type TestClient, testApp } from '../../../../test/app.ts';
import { type LoggingPostgres, loggingPostgres } from '../../../../test/logging-postgres.ts';
import { asAdmin } from '../../../../test/postgres-server.ts';
import { type ReleasedQueries, releasedQueries } from '../../../../test/released-queries.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';

type Row = RunAnswer['rows'][number];

let app: TestApp;
let customer: LoggingPostgres;
let desk: ReleasedQueries;
let member: TestClient;

const asCustomer = (text: string) => asAdmin(customer.adminUrl, (client) => client.query(text));

beforeAll(async () => {
  [app, customer] = await Promise.all([testApp(), loggingPostgres()]);
  await asCustomer(`
    create table orders (id bigint primary key, customer text not null, paid boolean, small int);
    insert into orders select n, 'customer ' || n, n % 2 = 0, n from generate_series(1, 500) n;
    insert into orders values (9007199254740993, 'big', null, null);
    create table people (name text primary key, city text);
    insert into people select 'customer ' || n, 'city ' || n % 3 from generate_series(1, 400) n;
    alter table orders owner to ${customer.user};
    alter table people owner to ${customer.user};`);
  desk = await releasedQueries(app, customer, 'postgres', {
    one: { text: 'select 1 as one' },
    list: { text: 'select * from orders', windowed: true },
    joined: {
      text: 'select o.id, o.small, p.city from orders o left join people p on p.name = o.customer order by o.small desc',
      windowed: true,
    },
    keyless: { text: 'select small, paid from orders', windowed: true },
    repeated: { text: 'select id, generate_series(1, 2) as part from orders', windowed: true },
  } as never);
  member = await app.person('member');
}, 120_000);
afterAll(async () => {
  await app?.stop();
  await customer?.close();
});

const page = async (window: object) => (await desk.run(member, { query: 'list', window } as never)).body;

describe('Q17 a window by position', () => {
  it('pages by position: every row once, from its first page to its last and back, while rows come', async () => {
    const look = { limit: 120, total: true, sort: [{ column: 'paid', direction: 'desc' as const }] };
    const at = (row: Row | undefined, columns: readonly string[] = []) =>
      Object.fromEntries(columns.map((name) => [name, row?.[name] ?? null])) as Position;
    const first = await page(look);
    expect(first.position).toEqual(['paid', 'id']);
    expect(first.end.offset).toBeUndefined();
    const pages = [first];
    for (let next = first; next.rows.length > 0; ) {
      // It would stand on the first page, and move every offset by one.
      await asCustomer(`insert into orders (id, customer) values (${-pages.length}, 'new')`);
      next = await page({ ...look, after: at(next.rows.at(-1), next.position) });
      expect(next.end.offset).toBe(pages.flatMap(({ rows }) => rows).length + pages.length);
      pages.push(next);
    }
    const all = pages.flatMap(({ rows }) => rows.map((row) => row.id));
    expect(all).toHaveLength(501);
    expect(new Set(all).size).toBe(501);
    const third = pages[2]!;
    const back = await page({ ...look, before: at(third.rows[0], third.position) });
    expect(back.rows).toEqual(pages[1]?.rows);
    expect(back.end).toMatchObject({
      total: third.end.total! + pages.length - 3,
      offset: third.end.offset! + pages.length - 3 - 120,
    });
    await asCustomer('delete from orders where id < 0');
  });
  it('G10 a list that joins each row to one other pages by position, and names its key', async () => {
    const all: Row[] = [];
    let answer = (await desk.run(member, { query: 'joined', window: { limit: 90, total: true } })).body;
    expect(answer.position).toEqual(['small', 'id']);
    while (answer.rows.length > 0) {
      all.push(...answer.rows);
      const { small = null, id = null } = answer.rows.at(-1) ?? {};
      const window = { limit: 90, total: true, after: { small, id } };
      answer = (await desk.run(member, { query: 'joined', window } as never)).body;
      expect(answer.end).toMatchObject({ total: 501, offset: all.length });
    }
    expect(new Set(all.map((row) => row.id)).size).toBe(501);
  });
  it('refuses a position that is none, before the source is touched', async () => {
    const before = (await customer.statements()).length;
    for (const window of [
      { after: { id: '7', extra: 1 } },
      { after: { id: 'x' } },
      { after: {} },
      { after: { id: '7' }, offset: 1 },
      { after: { id: '7' }, before: { id: '7' } },
    ]) {
      const { problem, text } = await desk.run(member, { query: 'list', window } as never);
      expect(problem, JSON.stringify(window)).toMatchObject({ status: 422, code: 'window_invalid' });
      expect(text).not.toContain('orders');
    }
    expect(
      (await desk.run(member, { query: 'keyless', window: { after: { small: 1 } } })).problem?.code,
    ).toBe('window_invalid');
    for (const query of ['keyless', 'repeated'])
      expect((await desk.run(member, { query, window: {} })).body.position, query).toBeUndefined();
    expect((await desk.run(member, { query: 'one' })).body.position).toBeUndefined();
    for (const after of [{ id: { $gt: 0 } }, ['7'], { id: ['7'] }, 'x'])
      expect((await desk.run(member, { query: 'list', window: { after } } as never)).status).toBe(400);
    const since = (await customer.statements()).slice(before);
    expect(since.filter((text) => text.includes('select * from orders'))).toEqual([]);
  });
  it('Q13 sends a position’s values as binds: the engine’s log holds one text, whatever they are', async () => {
    const before = (await customer.statements()).length;
    const sort = [{ column: 'customer', direction: 'asc' as const }];
    for (const name of ["'; drop table orders; --", '$1', 'customer 7', '\\', '{{ q }}'])
      await page({ limit: 2, sort, after: { customer: name, id: '7' } });
    const wrapped = 'where (t."customer", t."id") > ($1, $2) order by t."customer" asc, t."id" asc';
    await expect
      .poll(async () => (await customer.statements()).slice(before).filter((text) => text.includes(wrapped)))
      .toHaveLength(5);
    const sent = (await customer.statements()).slice(before).filter((text) => text.includes(wrapped));
    expect(new Set(sent).size).toBe(1);
    expect(sent[0]).toContain('select * from orders\n) t');
  });
  it('puts a position’s digest on the record, and no value of it', async () => {
    const sort = [{ column: 'customer', direction: 'asc' as const }];
    const window = { limit: 1, sort, after: { customer: 'canary 4711', id: '1' } };
    await page(window);
    const { items } = await app.owner.ok(contract.audit.listAuditRecords, {
      query: { event: 'gateway.ran', limit: 5 },
    });
    const { salt, digest } = items[0]!.data.window as { salt: string; digest: string };
    const digestOf = (one: unknown) => hash('sha256', `${salt}\0window\0${canonicalJson(one)}`);
    const whole = { offset: 0, filters: [], total: false, ...window };
    expect(digest).toBe(digestOf(whole));
    expect(digest).not.toBe(digestOf({ ...whole, after: { ...whole.after, id: '2' } }));
    expect(JSON.stringify(items)).not.toContain('canary 4711');
  });
});
