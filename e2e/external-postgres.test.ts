import { randomUUID } from 'node:crypto';
import { contract } from '@sallyport/contract';
import { afterAll, expect, test } from 'vitest';
import { databaseUrl } from '../server/test/migrated-postgres.ts';
import {
  asAdmin,
  debianPostgres,
  type PostgresServer,
  startPostgres,
} from '../server/test/postgres-server.ts';
import { type Sallyport, startSallyport } from './sallyport.ts';
import { readLog } from './torture/read-log.ts';
import { type Scene, setScene } from './torture/scene.ts';

const bin = debianPostgres(15);
let postgres: PostgresServer | undefined;
let sallyport: Sallyport | undefined;
let scene: Scene | undefined;

afterAll(async () => {
  await scene?.customer.stop();
  await sallyport?.stop();
  await postgres?.stop();
});

test.skipIf(bin === undefined)(
  'the whole product on a real PostgreSQL 15, with TLS and an owner that is no superuser',
  async () => {
    postgres = await startPostgres(bin ?? '');
    await asAdmin(postgres.adminUrl, async (client) => {
      await client.query("create role installer login createrole password 'it''s @ secret'");
      await client.query('create database tools owner installer');
    });
    const url = new URL(databaseUrl(postgres.adminUrl, 'tools'));
    url.username = 'installer';
    url.password = encodeURIComponent("it's @ secret");
    sallyport = await startSallyport({
      settings: { DATABASE_URL: url.href, SALLYPORT_DB_TLS: 'verify', SALLYPORT_DB_CA: postgres.caFile },
    });
    scene = await setScene(sallyport);
    const run = randomUUID();
    const answer = await scene.owner.fetch(contract.gateway.run, {
      body: { release: scene.release, query: 'record', arguments: { run, note: 'on 15' }, runId: run },
    });
    expect(await answer.json()).toMatchObject({ run, end: { changed: 1 } });
    const { leaves, finding } = await readLog(scene.owner);
    expect(finding).toBeUndefined();
    expect(
      leaves
        .filter((one) => one.data.run === run)
        .map((one) => one.event)
        .sort(),
    ).toEqual(['gateway.begun', 'gateway.ran']);

    const aimed = await scene.owner.call(contract.sources.tryConnection, {
      body: {
        settings: {
          engine: 'postgres',
          host: 'localhost',
          port: postgres.port,
          database: 'tools',
          tls: 'off',
        },
        credential: { kind: 'password', user: 'installer', password: 'x' },
      },
    });
    expect(aimed).toMatchObject({ ok: false, egress: { allowed: false, rule: 'E2 own-database-refused' } });

    const connected = await asAdmin(postgres.adminUrl, (client) =>
      client.query(`select distinct usename as user, ssl from pg_stat_activity join pg_stat_ssl using (pid)
      where datname = 'tools' order by 1`),
    );
    expect(connected.rows).toEqual([
      { user: 'sallyport_app_tools', ssl: true },
      { user: 'sallyport_system_tools', ssl: true },
    ]);
    expect(sallyport.said()).not.toMatch(/secret/);
  },
  120_000,
);
