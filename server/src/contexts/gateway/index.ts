import type {
  CatalogTable,
  CompiledView,
  EnvironmentName,
  QueryDocument,
  QuerySignature,
} from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { OrganizationId, PersonId, SourceId } from '../../kernel/ids.ts';
import { createLimiterOfEach } from '../../kernel/limiter.ts';
import type { Binding } from '../../platform/http/binding.ts';
import { compile } from './compile.ts';
import { type CompiledQuery, isCurrent, signature, view } from './compiled-query.ts';
import { createConstantsCache } from './constants/constants-cache.ts';
import type { GatewayDeps } from './deps.ts';
import { createPools } from './pools.ts';
import { refuse } from './refusals.ts';
import { routes } from './routes.ts';
import { listenForCancels } from './run/cancel-run.ts';
import { createLiveRuns } from './run/live-runs.ts';
import { createReleases, type Releases } from './run/releases.ts';
import { mayStillRun } from './run/run-query.ts';
import { sourceRefusal } from './source-refusal.ts';

export { actions } from './actions.ts';
export type { CompiledQuery } from './compiled-query.ts';
export { secretConstants } from './constants/secret-constants.ts';
export type { GatewayDeps, PeopleLookup, ReleaseLookup, Runnable } from './deps.ts';
export { type EnginesOptions, engines } from './engines.ts';
export { events } from './events.ts';
export { refuse } from './refusals.ts';

/** The only road to customer data. It alone opens connections to sources. */
export interface Gateway {
  readonly routes: readonly Binding[];
  /**
   * Compiles a document against its source. Refuses with `query_not_compilable` and the places when it cannot be bound
   * safely, or as the source does when it cannot be asked.
   */
  compile(call: Call, document: QueryDocument): Promise<CompiledQuery>;
  /** The compiled form as builders and reviewers see it. */
  view(compiled: CompiledQuery): CompiledView;
  /** What a member's browser is told: no statement. */
  signature(compiled: CompiledQuery): QuerySignature;
  /** Whether today's rules made it. */
  isCurrent(compiled: CompiledQuery): boolean;
  /** Asks the source what it contains: names, types and keys, and never rows. Refuses as the source does. */
  readCatalog(call: Call, source: SourceId, environment: EnvironmentName): Promise<readonly CatalogTable[]>;
  close(): Promise<void>;
}

const LIMITS = { perPerson: 32, perSource: 200 } as const;
/** Of a person: reading a long statement holds up everything else while it lasts (G6). */
const COMPILES = { atOnce: 2, waiting: 64 } as const;

export async function createGateway(given: GatewayDeps): Promise<Gateway> {
  const pools = createPools(given);
  const live = createLiveRuns(given.limits ?? LIMITS);
  const recheck = (organization: OrganizationId | null): void =>
    live.recheck(organization, (call, release) => mayStillRun({ ...given, kept }, call, release));
  const kept: Releases = await createReleases(given, given.releases, recheck);
  const stopRights = await given.people.onRightsChanged(recheck);
  const constants = await createConstantsCache(given);
  const stopCancels = await listenForCancels(given, live);
  const deps = { ...given, pools, live, kept, constants };
  const compiling = createLimiterOfEach<PersonId>({
    ...COMPILES,
    busy: () => refuse('compile_limit_person', { extra: { retryAfter: 2 } }),
  });
  return {
    routes: routes(deps),
    compile: (call, document) => compiling(call.actor.personId, () => compile(deps, call, document)),
    view,
    signature,
    isCurrent,
    readCatalog: async (call, source, environment) => {
      const { pool } = await pools.open(call, source, environment);
      return pool.catalog(call.actor.personId).catch((error: unknown) => {
        throw sourceRefusal(error, true);
      });
    },
    close: async () => {
      await live.stopAll();
      stopCancels();
      stopRights();
      kept.close();
      constants.close();
      await pools.close();
    },
  };
}
