import type { ConnectorError } from '@sallyport/connectors/port.ts';
import { postgres } from '@sallyport/connectors/postgres/index.ts';
import type { EnvironmentName } from '@sallyport/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerDatabase, customerPostgres } from '../../../test/engines.ts';
import { asAdmin } from '../../../test/postgres-server.ts';
import type { Call } from '../../kernel/call.ts';
import { newId, type OrganizationId, type PersonId, type SourceId } from '../../kernel/ids.ts';
import { Secret } from '../../kernel/secret.ts';
import { createOutbound } from '../../platform/outbound/outbound.ts';
import type { SourceChange, SourceTarget } from '../sources/index.ts';
import type { GatewayDeps } from './deps.ts';
import { createPools } from './pools.ts';

let database: CustomerDatabase;
beforeAll(async () => {
  database = await customerPostgres();
});
afterAll(() => database.close());

const dial = createOutbound({
  rules: { allow: [], deny: [] },
  own: () => [],
  listensOnLoopbackOnly: () => true,
}).dial;

/** A sources door over one source that the test pauses, changes or removes. */
function setUp() {
  const organization = newId<OrganizationId>();
  const id = newId<SourceId>();
  const state = {
    paused: false,
    gone: false,
    away: 0,
    version: 1,
    mode: 'read-write' as 'read' | 'read-write',
    environments: ['production' as EnvironmentName],
  };
  let tell: (changed: SourceChange) => void = () => undefined;
  const source = () => ({
    id,
    organization,
    name: 'support-db',
    slug: 'support-db',
    engine: 'postgres' as const,
    mode: 'read-write' as const,
    paused: state.paused,
    createdAt: new Date(),
    createdBy: newId<PersonId>(),
    environments: state.environments,
  });
  const there = () => {
    if (state.away-- > 0) return Promise.reject(Object.assign(new Error('lost'), { code: '08006' }));
    return state.gone ? Promise.reject(new Error('source_not_found')) : Promise.resolve(source());
  };
  const sources: GatewayDeps['sources'] = {
    target: async (): Promise<SourceTarget> => ({
      source: await there(),
      environment: 'production',
      version: state.version,
      settings: {
        engine: 'postgres',
        host: database.host,
        port: database.port,
        database: database.database,
        tls: 'off',
      },
      credential: new Secret({ kind: 'password', user: database.user, password: database.password }),
      mode: state.mode,
    }),
    bySlug: there,
    byId: there,
    onChanged: (listener) => {
      tell = listener;
      return () => undefined;
    },
  };
  const pools = createPools({
    sources,
    connectors: { postgres } as GatewayDeps['connectors'],
    dial,
    notifications: { listen: async () => () => undefined, connected: true },
  });
  const call = { actor: { organizationId: organization } } as Call;
  const open = async () => (await pools.open(call, id, 'production')).pool;
  return { pools, state, open, change: (to: SourceChange = { organization, id }) => tell(to) };
}

const sleeping = (mark: string) => ({
  statement: `select pg_sleep(20)::text as slept /* ${mark} */`,
  binds: [],
  effect: 'read' as const,
  columns: null,
  timeoutMs: 30_000,
  maxRows: 1,
  maxBytes: 1_000,
});

async function untilRunning(mark: string, count: number): Promise<void> {
  for (const since = Date.now(); Date.now() - since < 3_000; ) {
    const text = `select 1 from pg_stat_activity where state = 'active' and query like '%${mark}%' and pid <> pg_backend_pid()`;
    const found = await asAdmin(database.adminUrl, async (client) => (await client.query(text)).rowCount);
    if (found === count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never ${count} running`);
}

describe('S3 a pause ends runs that are going on', () => {
  it.each([
    ['paused', { paused: true }, false],
    ['removed', { gone: true }, false],
    ['its environment removed', { environments: [] }, false],
    ['paused while no message came', { paused: true }, true],
  ] as const)('%s', async (name, becomes, missed) => {
    const { pools, state, open, change } = setUp();
    const mark = `mark_${name.replaceAll(' ', '_')}`;
    const outcome = (await open()).run(sleeping(mark)).then(
      () => 'answered',
      (error: ConnectorError) => [error.code, error.plain],
    );
    await untilRunning(mark, 1);
    Object.assign(state, becomes);
    change(missed ? null : undefined);
    expect(await outcome).toEqual(['run_cancelled', 'The data source was changed, paused or removed.']);
    await untilRunning(mark, 0);
    await pools.close();
  });

  it('a database that is away for a moment ends nothing, and what was paused meanwhile ends when it is back', async () => {
    const { pools, state, open, change } = setUp();
    const run = (await open()).run({
      ...sleeping('mark_moment'),
      statement: 'select pg_sleep(1.5)::text as slept',
    });
    state.away = 1;
    change(null);
    expect((await (await run).end).rows).toBe(1);
    const outcome = (await open())
      .run(sleeping('mark_meanwhile'))
      .catch((error: ConnectorError) => error.code);
    await untilRunning('mark_meanwhile', 1);
    Object.assign(state, { away: 1, paused: true });
    change(null);
    expect(await outcome).toBe('run_cancelled');
    await pools.close();
  });

  it('also those of a connection that a newer one has replaced', async () => {
    const { pools, state, open, change } = setUp();
    const outcome = (await open()).run(sleeping('mark_replaced')).then(
      () => 'answered',
      (error: ConnectorError) => error.code,
    );
    await untilRunning('mark_replaced', 1);
    state.version = 2;
    change();
    await open();
    state.paused = true;
    change();
    expect(await outcome).toBe('run_cancelled');
    await pools.close();
  });

  it('a change that is no pause ends nothing; a new address gets a new pool, and the old one goes on to its end', async () => {
    const { pools, state, open, change } = setUp();
    const before = await open();
    const run = before.run({ ...sleeping('mark_goes_on'), statement: 'select pg_sleep(0.5)::text as slept' });
    change();
    state.version = 2;
    change();
    const after = await open();
    expect(after).not.toBe(before);
    expect(await open()).toBe(after);
    // What was opened to write is not used for a source that is read from now on.
    state.mode = 'read';
    change();
    expect(await open()).not.toBe(after);
    expect((await (await run).end).rows).toBe(1);
    await pools.close();
  });
});
