import type { ReleaseRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { type Page, type PageAsked, pageOf } from '../../kernel/page.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { App } from './app.ts';
import {
  announce,
  insertRelease,
  lastNumber,
  listReleases as listAll,
  type ReleaseSummary,
  setCurrent,
  summariseRelease,
} from './apps.store.ts';
import { targetOf } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
import { lockApp, needDraft, readApp } from './find.ts';
import { planOf } from './plan-release.ts';
import { refuse } from './refusals.ts';
import { releaseRow } from './views.ts';

/** A record names so many of the queries that newly write; more would not fit into one. The release has them all. */
const MOST_NAMED = 1_000;

/** Makes the draft an immutable release and the current one. The hash names what was reviewed: a draft that changed since is refused. */
export async function publish(
  deps: AppsDeps,
  call: Call,
  id: string,
  input: { hash: string; note: string },
): Promise<ReleaseRow> {
  const sources = await deps.sources(call.actor.organizationId);
  const done = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const app = await lockApp(deps, tx, call, id, 'app:publish');
    const draft = await needDraft(tx, app);
    const plan = await planOf(deps, tx, app, draft, sources);
    if (plan.hash !== input.hash) throw refuse('release_reviewed_differs');
    if (plan.hash === app.releaseHash) throw refuse('release_unchanged');
    const blocking = plan.problems.filter((problem) => problem.blocking);
    if (blocking.length > 0)
      throw refuse('release_blocked', { places: blocking.map(({ message }) => ({ message })) });
    const hash = input.hash as NonNullable<App['releaseHash']>;
    // A draft that was brought back to what an earlier release had is that release again.
    if ((await summariseRelease(tx, app.id, hash)) === undefined) {
      const number = (await lastNumber(tx, app.id)) + 1;
      await insertRelease(tx, app, {
        hash,
        number,
        note: input.note,
        pages: draft.pages,
        queries: draft.queries,
        publishedBy: call.actor.personId,
      });
    }
    await setCurrent(tx, app.id, hash, 'forward');
    const release = await summariseRelease(tx, app.id, hash);
    if (release === undefined) throw new Error('the release that was just inserted is not there');
    await deps.audit.record(tx, call, {
      event: 'apps.published',
      target: targetOf(app),
      data: {
        release: hash,
        number: release.number,
        note: input.note,
        statements: plan.manifest.queries.reduce((sum, query) => sum + query.compiled.statements.length, 0),
        newStatements: plan.newStatements.length,
        newWrites: plan.newWrites.slice(0, MOST_NAMED),
        ...(plan.newWrites.length > MOST_NAMED && { newWritesInAll: plan.newWrites.length }),
      },
    });
    await announce(tx, app);
    return { app: { ...app, releaseHash: hash }, release };
  });
  return rowOf(deps, call, done.app, done.release);
}

/** Makes an earlier release current. The one that it replaces stops at once: rolling back is what one does when something is wrong. */
export async function rollBack(deps: AppsDeps, call: Call, id: string, hash: string): Promise<ReleaseRow> {
  const done = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const app = await lockApp(deps, tx, call, id, 'app:publish');
    const before = await summariseRelease(tx, app.id, hash);
    if (before === undefined) throw refuse('app_release_not_found');
    if (app.releaseHash === before.hash) throw refuse('release_current');
    const from = await fromNumber(tx, app);
    await setCurrent(tx, app.id, before.hash, 'back');
    await deps.audit.record(tx, call, {
      event: 'apps.rolled_back',
      target: targetOf(app),
      data: { release: before.hash, number: before.number, from },
    });
    await announce(tx, app);
    return { app: { ...app, releaseHash: before.hash }, release: before };
  });
  return rowOf(deps, call, done.app, done.release);
}

async function rowOf(deps: AppsDeps, call: Call, app: App, release: ReleaseSummary): Promise<ReleaseRow> {
  return releaseRow(app, release, await deps.names(call.actor.organizationId, [release.publishedBy]));
}

async function fromNumber(tx: Tx, app: App): Promise<number | null> {
  if (app.releaseHash === null) return null;
  return (await summariseRelease(tx, app.id, app.releaseHash))?.number ?? null;
}

export async function listReleases(
  deps: AppsDeps,
  call: Call,
  id: string,
  { cursor, limit }: PageAsked,
): Promise<Page<ReleaseRow>> {
  const [app, page] = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const found = await readApp(deps, tx, call, id, 'app:edit');
    const releases = await listAll(tx, found.id, { cursor, limit: limit + 1 });
    return [found, pageOf(releases, limit, ({ number }) => String(number))] as const;
  });
  const names = await deps.names(call.actor.organizationId, [
    ...new Set(page.items.map((release) => release.publishedBy)),
  ]);
  return { ...page, items: page.items.map((release) => releaseRow(app, release, names)) };
}
