/** Every list that grows with a company comes in pages. */
import { contract, type Route } from '@sallyport/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from './app.ts';
import { asAdmin } from './postgres-server.ts';

const { identity, sources, gateway, apps } = contract;
const MANY = [1, 2, 3, 4, 5];
const settings = {
  engine: 'postgres' as const,
  host: '127.0.0.1',
  port: 1,
  database: 'none',
  tls: 'off' as const,
};
const credential = { kind: 'password' as const, user: 'nobody', password: 'none' };

let app: TestApp;
let appId: string;
beforeAll(async () => {
  app = await testApp();
  const { owner } = app;
  for (const n of MANY) {
    await app.person('member');
    await owner.ok(identity.invite, { body: { email: `open${n}@harbor.example`, role: 'member' } });
    await owner.ok(gateway.setConstant, { params: { name: `c${n}` }, body: { value: 'x' } });
    const environments = [{ environment: 'development' as const, settings, credential }];
    await owner.ok(sources.connectSource, { body: { name: `Source ${n}`, environments } });
    const made = await owner.ok(apps.createApp, { body: { name: `App ${n}` } });
    appId ??= made.id;
    const { version, pages } = await owner.ok(apps.getDraft, { params: { id: appId } });
    const body = { version, pages: { ...pages, variables: { n } } };
    await owner.ok(apps.savePages, { params: { id: appId }, body });
    const { hash } = await owner.ok(apps.planRelease, { params: { id: appId } });
    await owner.ok(apps.publish, { params: { id: appId }, body: { hash } });
  }
});
afterAll(() => app?.stop());

interface Listed {
  readonly items: readonly { readonly id?: string; readonly name?: string; readonly number?: number }[];
  readonly next: string | null;
}
const lists: readonly (readonly [Route, 'id' | 'name' | 'number', string])[] = [
  [identity.listPeople, 'id', 'people'],
  [identity.listInvitations, 'id', 'invitations'],
  [sources.listSources, 'id', 'sources'],
  [apps.listApps, 'id', 'apps'],
  [apps.listReleases, 'number', 'app_releases'],
  [gateway.listConstants, 'name', 'constants'],
];
const ask = (route: Route, query: Record<string, string>, by = app.owner) =>
  by.call(route, { params: { id: appId }, query } as never);

it.each(lists)(
  '$operationId: each item is on one page, and no page has more than was asked for',
  async (route, key) => {
    const whole = (await ask(route, { limit: '200' })).body as Listed;
    expect(whole.next).toBeNull();
    expect(whole.items.length).toBeGreaterThanOrEqual(MANY.length);
    const seen: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = (await ask(route, { limit: '2', ...(cursor !== '' && { cursor }) })).body as Listed;
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((item) => item[key]));
      cursor = page.next;
    }
    expect(seen).toEqual(whole.items.map((item) => item[key]));
  },
);

it.each(lists)(
  '$operationId: no cursor is a cursor of another form, and no page is larger than 200',
  async (route) => {
    for (const query of [{ cursor: "x' or 1=1 --" }, { cursor: '' }, { limit: '201' }, { limit: '0' }])
      expect((await ask(route, query as never)).problem?.code, JSON.stringify(query)).toBe('input_invalid');
  },
);

it('a cursor of what was removed since, or is another organization’s, goes on from there and shows nothing of others', async () => {
  const other = await app.otherOrganization();
  const foreign = await other.ok(apps.createApp, { body: { name: 'Foreign' } });
  const { items } = (await ask(apps.listApps, { cursor: foreign.id, limit: '200' })).body as Listed;
  expect(items.map(({ name }) => name)).toEqual([5, 4, 3, 2, 1].map((n) => `App ${n}`));
  const third = items[2]?.id ?? '';
  await app.owner.ok(apps.removeApp, { params: { id: third } });
  const rest = (await ask(apps.listApps, { cursor: third })).body as Listed;
  expect(rest.items.map(({ name }) => name)).toEqual(['App 2', 'App 1']);
  expect(((await ask(apps.listApps, {}, other)).body as Listed).items.map(({ id }) => id)).toEqual([
    foreign.id,
  ]);
});

it('a member finds the few apps that they may open among very many', async () => {
  await asAdmin(app.ownerUrl, (client) =>
    client.query(
      `insert into apps (id, organization_id, name, slug, audience, created_by, updated_by)
       select gen_random_uuid(), organization_id, 'Hidden', 'hidden-' || n, audience, created_by, updated_by
       from apps, generate_series(1, 450) n where id = $1`,
      [appId],
    ),
  );
  const member = await app.person('member');
  const { items, next } = await member.ok(apps.listApps, { query: { limit: 2 } });
  expect([items.map(({ id }) => id), next]).toEqual([[appId], null]);
});
