import { contract } from '@sallyport/contract';
import type { Apps } from '../contexts/apps/index.ts';
import type { Audit } from '../contexts/audit/index.ts';
import type { Sources } from '../contexts/sources/index.ts';
import type { Call } from '../kernel/call.ts';
import type { SourceId } from '../kernel/ids.ts';
import type { Db } from '../platform/db/db.ts';
import { handle } from '../platform/http/binding.ts';
import type { DemoServer } from './demo-server.ts';
import type { Demo } from './door.ts';
import { flightsApp } from './flights-app.ts';
import { refuse } from './refusals.ts';

export { actions } from './actions.ts';
export { type DemoServer, demoLeftOut, openDemoServer } from './demo-server.ts';
export { events } from './events.ts';
export { installAtSetup } from './install-at-setup.ts';
export { refuse } from './refusals.ts';

const NAME = 'Demo database';
const SLUG = 'demo-database';

export interface DemoDeps {
  readonly db: Db;
  readonly audit: Pick<Audit, 'record'>;
  readonly sources: Pick<Sources, 'connect' | 'list' | 'remove' | 'test'>;
  readonly apps: Pick<Apps, 'importAndPublish'>;
  /** Null when the server was started without `--demo`. */
  readonly server: DemoServer | null;
}

export function createDemo(deps: DemoDeps): Demo {
  const { server } = deps;
  const installed = async (call: Call) =>
    (await deps.sources.list(call.actor.organizationId)).some((source) => source.slug === SLUG);
  const install = async (call: Call) => {
    if (server === null) throw refuse('demo_not_available');
    if (await installed(call)) throw refuse('demo_present');
    const settings = {
      engine: 'postgres' as const,
      host: server.host,
      port: server.port,
      database: server.database,
      tls: 'off' as const,
    };
    const credential = { kind: 'password' as const, user: server.user, password: server.password.reveal() };
    const environments = (['development', 'production'] as const).map((environment) => ({
      environment,
      settings,
      credential,
    }));
    const source = await deps.sources.connect(call, { name: NAME, mode: 'read-write', environments });
    const id = source.id as SourceId;
    // Of two who install it at once, the second gets another address.
    if (source.slug !== SLUG) {
      await deps.sources.remove(call, id);
      throw refuse('demo_present');
    }
    const fill = async () => {
      // So that its status says what it is from the first look.
      await Promise.all(environments.map(({ environment }) => deps.sources.test(call, id, environment)));
      return deps.apps.importAndPublish(call, flightsApp(source.slug), 'The demo, as it comes');
    };
    const { slug } = await fill().catch(async (error: unknown) => {
      // Left behind, it would be taken for the whole demo, which then could never be installed.
      await deps.sources.remove(call, id);
      throw error;
    });
    await deps.db.tenant(call.actor.organizationId, (tx) =>
      deps.audit.record(tx, call, { event: 'demo.installed', data: { app: slug } }),
    );
    return { slug };
  };
  return {
    available: server !== null,
    routes: [
      handle(contract.system.getDemo, async (call) => ({
        available: server !== null,
        installed: await installed(call),
      })),
      handle(contract.system.installDemo, (call) => install(call)),
    ],
    install,
  };
}
