import type { EnvironmentName, SourceEnvironmentView, SourceView } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { PersonId, SourceId } from '../../kernel/ids.ts';
import { type Page, type PageAsked, pageOf } from '../../kernel/page.ts';
import type { SourcesDeps } from './deps.ts';
import { needSource } from './find.ts';
import { refuse } from './refusals.ts';
import type { Source, SourceEnvironment } from './source.ts';
import { environmentsBySource, environmentsOf, newestSources } from './sources.store.ts';

const GONE = 'a former member';

export async function listSources(
  deps: SourcesDeps,
  call: Call,
  { cursor, limit }: PageAsked,
): Promise<Page<SourceView>> {
  deps.access.authorise(call, 'source:read');
  const [page, environments] = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const found = pageOf(await newestSources(tx, { cursor, limit: limit + 1 }), limit, ({ id }) => id);
    return [found, await environmentsBySource(tx, found.items)] as const;
  });
  const names = await namesIn(deps, call, page.items, [...environments.values()].flat());
  const items = page.items.map((source) => sourceView(source, environments.get(source.id) ?? [], names));
  return { ...page, items };
}

export async function viewOf(deps: SourcesDeps, call: Call, id: string): Promise<SourceView> {
  deps.access.authorise(call, 'source:read');
  const [source, environments] = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const found = await needSource(tx, id);
    return [found, await environmentsOf(tx, id as SourceId)] as const;
  });
  return sourceView(source, environments, await namesIn(deps, call, [source], environments));
}

export function environmentView(view: SourceView, environment: EnvironmentName): SourceEnvironmentView {
  const found = view.environments.find((one) => one.environment === environment);
  // Removed by somebody else while it was tested.
  if (found === undefined) throw refuse('source_environment_not_found', { values: { environment } });
  return found;
}

function namesIn(
  deps: SourcesDeps,
  call: Call,
  sources: readonly Source[],
  environments: readonly SourceEnvironment[],
) {
  const ids = [
    ...sources.map((source) => source.createdBy),
    ...environments.flatMap((one) => (one.credential === null ? [] : [one.credential.setBy])),
  ];
  return deps.names(call.actor.organizationId, [...new Set(ids)]);
}

function sourceView(
  source: Source,
  environments: readonly SourceEnvironment[],
  names: ReadonlyMap<PersonId, string>,
): SourceView {
  return {
    id: source.id,
    name: source.name,
    slug: source.slug,
    engine: source.engine,
    mode: source.mode,
    paused: source.paused,
    createdAt: source.createdAt.toISOString(),
    createdBy: names.get(source.createdBy) ?? GONE,
    environments: environments.map((one) => ({
      environment: one.environment,
      settings: one.settings,
      credential: credentialView(one, names),
      status: statusWord(source, one),
      serverVersion: one.status?.serverVersion ?? null,
      checkedAt: one.status?.checkedAt ?? null,
      latencyMs: one.status?.latencyMs ?? null,
      lastError: errorView(one),
      privileges: one.status?.privileges ?? null,
      egress: one.status?.egress ?? null,
    })),
  };
}

function credentialView(
  { credential }: SourceEnvironment,
  names: ReadonlyMap<PersonId, string>,
): SourceEnvironmentView['credential'] {
  if (credential === null) return null;
  return {
    kind: credential.kind,
    user: credential.user,
    boundTo: credential.origin,
    // The second part of a sealed value names its key; the rest is ciphertext and stays here.
    keyId: credential.sealed.split('.')[1] ?? '',
    version: credential.version,
    setAt: credential.setAt.toISOString(),
    setBy: names.get(credential.setBy) ?? GONE,
  };
}

function statusWord(source: Source, one: SourceEnvironment): SourceEnvironmentView['status'] {
  if (source.paused) return 'paused';
  if (one.credential === null) return 'no-credential';
  if (one.status === null) return 'untested';
  return one.status.ok ? 'healthy' : 'failing';
}

function errorView({ status }: SourceEnvironment): SourceEnvironmentView['lastError'] {
  if (status === null || status.error === null) return null;
  return { ...status.error, at: status.checkedAt };
}
