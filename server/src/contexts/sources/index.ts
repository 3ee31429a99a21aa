import type {
  ConnectionSettings,
  Credential,
  EnvironmentName,
  SourceEnvironmentView,
  SourceView,
} from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { OrganizationId, PersonId, SourceId } from '../../kernel/ids.ts';
import { createLimiterOfEach } from '../../kernel/limiter.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { Binding } from '../../platform/http/binding.ts';
import { removeSource } from './change-source.ts';
import { connectSource } from './connect-source.ts';
import type { SourcesDeps } from './deps.ts';
import { needEnvironment } from './find.ts';
import { openCredential } from './open-credential.ts';
import { refuse } from './refusals.ts';
import { routes } from './routes.ts';
import type { Mode, Source } from './source.ts';
import {
  environmentsBySource,
  findSource,
  findSourceBySlug,
  listSources,
  SOURCES_CHANGED,
} from './sources.store.ts';
import { testSource } from './test-source.ts';

export { actions } from './actions.ts';
export type { Engines } from './deps.ts';
export { events } from './events.ts';
export { refuse } from './refusals.ts';
export { sealedCredentials } from './sealed-credentials.ts';

/** What a pool is opened with. `version` rises with every change of address or credential: a pool belongs to one. */
export interface SourceTarget {
  readonly source: Source;
  readonly environment: EnvironmentName;
  readonly version: number;
  readonly settings: ConnectionSettings;
  readonly credential: Secret<Credential>;
  readonly mode: Mode;
}

/** A source without its secrets. */
export interface SourceSummary extends Source {
  readonly environments: readonly EnvironmentName[];
}

/** A source of which something changed; `null` when changes may have been missed, so that nothing kept can be trusted. */
export type SourceChange = { readonly organization: OrganizationId; readonly id: SourceId } | null;

/** Data sources. A credential leaves only inside a `SourceTarget`, as a `Secret`. */
export interface Sources {
  readonly routes: readonly Binding[];
  /**
   * Opens one environment of a source. Refuses with `source_not_found`, `source_environment_not_found`, `source_paused`
   * (S3) or `source_credential_missing`. Reads the database: keep what it gives, and drop it when `onChanged` says so.
   */
  target(call: Call, id: SourceId, environment: EnvironmentName): Promise<SourceTarget>;
  /** The source that a query document names; refuses with `source_not_found`. */
  bySlug(organization: OrganizationId, slug: string): Promise<SourceSummary>;
  byId(organization: OrganizationId, id: SourceId): Promise<SourceSummary>;
  list(organization: OrganizationId): Promise<readonly SourceSummary[]>;
  /** Adds a source, as the route does. */
  connect(call: Call, input: Parameters<typeof connectSource>[2]): Promise<SourceView>;
  /** Removes a source, as the route does. */
  remove(call: Call, id: SourceId): Promise<void>;
  /** Tries one environment and keeps the outcome as its status, as the route does. */
  test(call: Call, id: SourceId, environment: EnvironmentName): Promise<SourceEnvironmentView>;
  /** Called for every change, by any node. Returns the way to stop. */
  onChanged(listener: (changed: SourceChange) => void): () => void;
  close(): void;
}

export async function createSources(given: SourcesDeps): Promise<Sources> {
  const busy = () => refuse('source_tests_busy', { extra: { retryAfter: 2 } });
  // A test opens a connection beside a source's ten: nobody takes every one that a database allows (S8).
  const deps = { ...given, inTurn: createLimiterOfEach<PersonId>({ atOnce: 3, waiting: 12, busy }) };
  const listeners = new Set<(changed: SourceChange) => void>();
  const tell = (changed: SourceChange) => {
    for (const listener of listeners) listener(changed);
  };
  const stop = await deps.notifications.listen(SOURCES_CHANGED, {
    message: (payload) => {
      const [organization, id] = payload.split(' ') as [OrganizationId, SourceId];
      tell({ organization, id });
    },
    lost: () => tell(null),
    restored: () => tell(null),
  });
  const summaries = (
    organization: OrganizationId,
    find: (tx: Tx) => Promise<readonly (Source | undefined)[]>,
  ) =>
    deps.db.tenant(organization, async (tx) => {
      const found = (await find(tx)).filter((source) => source !== undefined);
      const environments = await environmentsBySource(tx, found);
      return found.map(
        (source): SourceSummary => ({
          ...source,
          environments: (environments.get(source.id) ?? []).map((one) => one.environment),
        }),
      );
    });
  const one = async (all: Promise<readonly SourceSummary[]>) => {
    const [found] = await all;
    if (found === undefined) throw refuse('source_not_found');
    return found;
  };
  return {
    routes: routes(deps),
    target: (call, id, environment) =>
      deps.db.tenant(call.actor.organizationId, async (tx) => {
        const source = await findSource(tx, id);
        if (source === undefined) throw refuse('source_not_found');
        if (source.paused) throw refuse('source_paused', { values: { source: source.name } });
        const found = await needEnvironment(tx, source, environment);
        const credential = await openCredential(deps, tx, call, source, found);
        return {
          source,
          environment,
          version: found.version,
          settings: found.settings,
          credential,
          mode: source.mode,
        };
      }),
    bySlug: (organization, slug) =>
      one(summaries(organization, async (tx) => [await findSourceBySlug(tx, slug)])),
    byId: (organization, id) => one(summaries(organization, async (tx) => [await findSource(tx, id)])),
    list: (organization) => summaries(organization, listSources),
    connect: (call, input) => connectSource(deps, call, input),
    remove: (call, id) => removeSource(deps, call, id),
    test: (call, id, environment) => testSource(deps, call, id, environment, AbortSignal.timeout(10_000)),
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: stop,
  };
}
