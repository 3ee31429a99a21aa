import { gunzipSync } from 'node:zlib';
import { Catalog, type CatalogTable, contract, MOST_CATALOG_TABLES } from '@sallyport/contract';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../test/app.ts';
import { type CustomerDatabase, customerPostgres } from '../../../test/engines.ts';
import type { SourceId } from '../../kernel/ids.ts';
import { writeCatalog } from './write-catalog.ts';

const CANARY = 'canary-of-a-row';
let app: TestApp;
let customer: CustomerDatabase;
let id: string;

beforeAll(async () => {
  [app, customer] = await Promise.all([testApp(), customerPostgres(15)]);
  await at(customer, `create table first as select 1 as id, '${CANARY}'::text as note`);
  const source = await app.owner.ok(contract.sources.connectSource, {
    body: {
      name: 'Shop',
      environments: [
        {
          environment: 'development',
          settings: {
            engine: 'postgres',
            host: customer.host,
            port: customer.port,
            database: customer.database,
            tls: 'off',
          },
          credential: { kind: 'password', user: customer.user, password: customer.password },
        },
      ],
    },
  });
  id = source.id;
});
afterAll(async () => {
  await app?.stop();
  await customer?.close();
});

async function at(config: pg.ClientConfig, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client(config);
  await client.connect();
  return client.query(text).finally(() => client.end());
}
const params = () => ({ id, environment: 'development' as const });
const read = (refresh: 'true' | 'false' = 'false') =>
  app.owner.ok(contract.catalog.getCatalog, { params: params(), query: { refresh } });
const names = (catalog: Awaited<ReturnType<typeof read>>) => catalog.tables.map((table) => table.name).sort();

describe('the schema of a source', () => {
  it('C1 is kept as names, without a row', async () => {
    expect(names(await read())).toEqual(['first']);
    const kept = await at(
      { connectionString: app.ownerUrl },
      'select document::text as text from catalog_tables',
    );
    expect(kept.rows).toEqual([{ text: expect.stringContaining('note') }]);
    expect(kept.rows[0].text).not.toContain(CANARY);
  });

  it('C2 is answered with its age until it is asked for anew, or the source has other settings', async () => {
    const before = await read();
    await at(customer, 'create table second (id int)');
    expect(await read()).toEqual(before);
    const fresh = await read('true');
    expect(names(fresh)).toEqual(['first', 'second']);
    expect(fresh.readAt > before.readAt).toBe(true);
    await at(customer, 'create table third (id int)');
    await app.owner.ok(contract.sources.setCredential, {
      params: params(),
      body: { credential: { kind: 'password', user: customer.user, password: customer.password } },
    });
    expect(names(await read())).toEqual(['first', 'second', 'third']);
  });

  it('of an environment that is removed while it is read, is refused', async () => {
    const staging = { params: { id, environment: 'staging' as const } };
    const { settings } = (await app.owner.ok(contract.sources.getSource, { params: { id } }))
      .environments[0]!;
    await app.owner.ok(contract.sources.setSourceEnvironment, { ...staging, body: { settings } });
    const credential = { kind: 'password' as const, user: customer.user, password: customer.password };
    await app.owner.ok(contract.sources.setCredential, { ...staging, body: { credential } });
    const holder = new pg.Client({ connectionString: app.ownerUrl });
    await holder.connect();
    await holder.query('begin; lock table catalogs in share mode');
    const waiting = async () => {
      const text = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return (await at({ connectionString: app.ownerUrl }, text)).rowCount;
    };
    const reading = app.owner.call(contract.catalog.getCatalog, staging);
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
    const removing = app.owner.ok(contract.sources.removeSourceEnvironment, staging);
    await expect.poll(waiting, { timeout: 20_000 }).toBe(2);
    await holder.end();
    await removing;
    expect((await reading).problem?.code).toBe('source_environment_not_found');
  });

  it('C3 says that there are more tables than are read', async () => {
    const table = (await read()).tables[0] as CatalogTable;
    const many = Array.from({ length: MOST_CATALOG_TABLES + 1 }, (_, i) => ({ ...table, name: `t${i}` }));
    const written = async (tables: readonly CatalogTable[]) => {
      const { answer } = await writeCatalog({ sourceId: id as SourceId, environment: 'development' }, tables);
      return Catalog.parse(JSON.parse(gunzipSync(answer).toString()));
    };
    expect(await written([])).toMatchObject({ more: false, tables: [] });
    expect(await written(many.slice(0, -1))).toMatchObject({ more: false });
    const cut = await written(many);
    expect([cut.more, cut.tables.length, cut.tables.at(-1)?.name]).toEqual([
      true,
      MOST_CATALOG_TABLES,
      `t${MOST_CATALOG_TABLES - 1}`,
    ]);
  });

  it('C4 goes out as it is kept, checked once, and unpacked for whoever takes no compressed answer', async () => {
    const path = `/v1/sources/${id}/environments/development/catalog`;
    const plain = await app.owner.raw(path, { headers: { 'accept-encoding': 'gzip;q=0, identity' } });
    expect(plain.headers.get('content-encoding')).toBe(null);
    const packed = await app.owner.raw(path, { headers: { 'accept-encoding': 'br, gzip' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(packed.headers.get('cache-control')).toBe('no-store');
    expect(await packed.json()).toEqual(await plain.json());
    const odd = { ...(await read()).tables[0], secret: 1 } as unknown as CatalogTable;
    const head = { sourceId: id as SourceId, environment: 'development' as const };
    await expect(writeCatalog(head, [odd])).rejects.toThrow('secret');
  });
});
