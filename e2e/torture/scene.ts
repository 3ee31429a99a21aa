import { contract } from '@sallyport/contract';
import {
  asAdmin,
  embeddedPostgres,
  type PostgresServer,
  startPostgres,
} from '../../server/test/postgres-server.ts';
import { type Person, person } from '../person.ts';
import type { Sallyport } from '../sallyport.ts';

export const ROWS = 100_000;

/** A customer's database, and an app of two released queries over it: one writes, one reads many rows. */
export interface Scene {
  readonly owner: Person;
  readonly release: string;
  readonly customer: PostgresServer;
}

export async function setScene(sallyport: Sallyport): Promise<Scene> {
  const customer = await startPostgres(embeddedPostgres());
  try {
    await asAdmin(customer.adminUrl, async (client) => {
      await client.query("create role tool login password 'tool'");
      await client.query('create table written (run uuid primary key, note text not null)');
      await client.query(
        `create table numbers as select n, md5(n::text) as note from generate_series(1, ${ROWS}) n`,
      );
      await client.query('alter table numbers add primary key (n)');
      await client.query('grant select, insert on written to tool');
      await client.query('grant select on numbers to tool');
    });
    const owner = person(sallyport.origin);
    const token = new URL(sallyport.setupLink).searchParams.get('token') ?? '';
    await owner.call(contract.identity.completeSetup, {
      body: {
        token,
        organization: 'Torture',
        name: 'Owner',
        email: 'owner@example.com',
        password: 'correct horse battery staple 9',
      },
    });
    const settings = {
      engine: 'postgres' as const,
      host: '127.0.0.1',
      port: customer.port,
      database: 'postgres',
      tls: 'off' as const,
    };
    const credential = { kind: 'password' as const, user: 'tool', password: 'tool' };
    const source = await owner.call(contract.sources.connectSource, {
      body: {
        name: 'Customer',
        environments: (['development', 'production'] as const).map((environment) => ({
          environment,
          settings,
          credential,
        })),
      },
    });
    return { owner, customer, release: await releaseApp(owner, source.slug) };
  } catch (error) {
    await customer.stop();
    throw error;
  }
}

async function releaseApp(owner: Person, source: string): Promise<string> {
  const app = await owner.call(contract.apps.importApp, {
    body: {
      bundle: {
        format: 'sallyport.app/1',
        name: 'Torture',
        home: 'home',
        pages: { home: { title: 'Home', order: 'a0' } },
        queries: {
          record: {
            kind: 'sql',
            source,
            text: 'insert into written (run, note) values ({{ run }}, {{ note }})',
          },
          numbers: {
            kind: 'sql',
            source,
            text: 'select n, note from numbers order by n',
            maxRows: 1_000_000,
            timeoutMs: 60_000,
          },
        },
      },
    },
  });
  const plan = await owner.call(contract.apps.planRelease, { params: { id: app.id } });
  const release = await owner.call(contract.apps.publish, {
    params: { id: app.id },
    body: { hash: plan.hash },
  });
  return release.hash;
}
