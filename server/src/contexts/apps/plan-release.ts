import type { Manifest, Plan } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { Tx } from '../../platform/db/db.ts';
import { type App, type DraftState, releaseHash } from './app.ts';
import { findRelease } from './apps.store.ts';
import type { AppsDeps, SourceLabel } from './deps.ts';
import { documentProblems } from './document-rules.ts';
import { needDraft, readApp } from './find.ts';
import { differenceOf, manifestOf } from './manifest.ts';
import { refuse } from './refusals.ts';

/** What publishing the draft would change in what the app can do, and what stands in its way. */
export async function planRelease(deps: AppsDeps, call: Call, id: string): Promise<Plan> {
  const sources = await deps.sources(call.actor.organizationId);
  return deps.db.tenant(call.actor.organizationId, async (tx) => {
    const app = await readApp(deps, tx, call, id, 'app:edit');
    return planOf(deps, tx, app, await needDraft(tx, app), sources);
  });
}

export async function planOf(
  deps: AppsDeps,
  tx: Tx,
  app: App,
  draft: DraftState,
  sources: readonly SourceLabel[],
): Promise<Plan> {
  const names = new Map<string, string>(sources.map((source) => [source.id, source.name]));
  const before = app.releaseHash === null ? undefined : await findRelease(tx, app.id, app.releaseHash);
  const manifest = manifestOf(draft, deps.compiler, names);
  return {
    draftVersion: draft.version,
    hash: releaseHash(app.id, draft),
    current: before === undefined ? null : { hash: before.hash, number: before.number },
    ...differenceOf(before === undefined ? null : manifestOf(before, deps.compiler, names), manifest),
    problems: problemsOf(deps, draft, sources),
    manifest,
  };
}

/** A release runs in production: each of its sources must be there. A query that nothing names is said, and may stay. */
function problemsOf(
  { compiler }: Pick<AppsDeps, 'compiler'>,
  draft: DraftState,
  sources: readonly SourceLabel[],
): Plan['problems'] {
  const byId = new Map<string, SourceLabel>(sources.map((source) => [source.id, source]));
  const lacking = new Map<string, string>();
  for (const [name, query] of Object.entries(draft.queries)) {
    const source = byId.get(query.compiled.sourceId);
    if (source === undefined)
      lacking.set(query.compiled.sourceId, `The data source used by ${name} was removed.`);
    else if (!source.environments.includes('production'))
      lacking.set(source.id, `${source.name} has no production connection yet. Add one under Data sources.`);
    else if (source.mode === 'read' && query.compiled.effect !== 'read')
      lacking.set(`${source.id} ${name}`, `${name} writes, but ${source.name} is read-only.`);
  }
  const named = JSON.stringify(draft.pages);
  const unused = Object.entries(draft.queries).filter(
    ([name, query]) => query.document.run === 'manual' && !named.includes(name),
  );
  const earlier = Object.entries(draft.queries).filter(([, query]) => !compiler.isCurrent(query.compiled));
  return [
    ...documentProblems(draft.pages, new Set(Object.keys(draft.queries))).map(({ path, message }) => ({
      blocking: true,
      message: `${path}: ${message}`,
    })),
    ...[...lacking.values()].map((message) => ({ blocking: true, message })),
    ...unused.map(([name]) => ({
      blocking: false,
      message: `${name} is not used by any page, but can still be called by name.`,
    })),
    ...earlier.map(([name]) => ({
      blocking: false,
      message: `${name} was compiled by an earlier version. Save it again to apply the current rules.`,
    })),
  ];
}

/** Every statement that one release can issue. */
export async function getManifest(deps: AppsDeps, call: Call, id: string, hash: string): Promise<Manifest> {
  const sources = await deps.sources(call.actor.organizationId);
  return deps.db.tenant(call.actor.organizationId, async (tx) => {
    const app = await readApp(deps, tx, call, id, 'app:edit');
    const release = await findRelease(tx, app.id, hash);
    if (release === undefined) throw refuse('app_release_not_found');
    return manifestOf(release, deps.compiler, new Map(sources.map((source) => [source.id, source.name])));
  });
}
