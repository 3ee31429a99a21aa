import { contract, type DraftRunAnswer } from '@sallyport/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../../test/app.ts';
import { type LoggingPostgres, loggingPostgres } from '../../../../test/logging-postgres.ts';
import { asAdmin } from '../../../../test/postgres-server.ts';
import { type ReleasedQueries, type RunRequest, releasedQueries } from '../../../../test/released-queries.ts';

let app: TestApp;
let customer: LoggingPostgres;
let desk: ReleasedQueries;

const SECRET = 'canary-of-a-constant-4711';

beforeAll(async () => {
  [app, customer] = await Promise.all([testApp(), loggingPostgres()]);
  await asAdmin(customer.adminUrl, (client) =>
    client.query(`
    create table orders (id bigint primary key, customer text not null, key text, placed timestamptz);
    insert into orders select n, 'customer ' || n, '${SECRET}', now() from generate_series(1, 50) n;
    alter table orders owner to ${customer.user};`),
  );
  await app.owner.ok(contract.gateway.setConstant, {
    params: { name: 'desk' },
    body: { value: SECRET, secret: true },
  });
  desk = await releasedQueries(app, customer, 'postgres', {
    list: {
      text: 'select id, customer, placed from orders where key = {{ constants.desk }} and id < {{ below }} and {{ currentUser.email }} <> customer',
      windowed: true,
    },
  } as never);
}, 120_000);
afterAll(async () => {
  await app?.stop();
  await customer?.close();
});

const request: RunRequest = {
  query: 'list',
  arguments: { below: 40 },
  window: {
    limit: 5,
    total: true,
    search: 'mer',
    filters: [{ column: 'id', operator: 'gt', value: '3' }],
    sort: [{ column: 'customer', direction: 'asc' }],
    after: { customer: 'customer 1', id: '1' },
  },
};

describe('G11 what was sent', () => {
  it('is told to the builder of a draft, byte for byte as the engine received it', async () => {
    const before = (await customer.statements()).length;
    const answer = await desk.runDraft(app.owner, request);
    const [rows, total] = (answer.body as DraftRunAnswer).sent ?? [];
    expect(rows).toMatchObject({ brings: 'rows' });
    expect(total).toMatchObject({ brings: 'total' });
    await expect
      .poll(async () => (await customer.statements()).slice(before))
      .toEqual(expect.arrayContaining([rows!.whole, total!.text]));
    expect(rows!.whole).toContain(rows!.text);
    expect(rows!.text).toContain('where key = $1 and id < $2');
  });
  it('names each bind and its origin, in the order of the placeholders, and no value', async () => {
    const answer = await desk.runDraft(app.owner, request);
    const [rows, total] = (answer.body as DraftRunAnswer).sent ?? [];
    const argument = (name: string, origin: string) => ({ of: 'argument', name, origin });
    const part = (of: string, name: string | null) => ({ of, name, origin: 'user' });
    const own = [
      argument('constants_desk', 'constant'),
      argument('below', 'user'),
      argument('currentUser_email', 'identity'),
      part('filter', 'id'),
      part('search', null),
      part('position', 'customer'),
      part('position', 'id'),
    ];
    expect(rows?.binds).toEqual([...own, part('limit', null), part('offset', null)]);
    expect(total?.binds).toEqual(own.slice(0, total?.binds.length));
    expect(answer.body.rows).toHaveLength(5);
    expect(answer.text).not.toContain(SECRET);
  });
  it('is in no answer of a release, whoever asks', async () => {
    for (const client of [await app.person('member'), await app.person('builder'), app.owner]) {
      const answer = await desk.run(client, request);
      expect(answer.body.rows).toHaveLength(5);
      expect(answer.body).not.toHaveProperty('sent');
      expect(answer.text).not.toContain('from orders');
    }
  });
  it('is refused to a member with the draft’s run', async () => {
    const answer = await desk.runDraft(await app.person('member'), request);
    expect(answer.problem?.status).toBe(403);
    expect(answer.text).not.toContain('orders');
  });
});
