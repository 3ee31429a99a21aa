import type { AppRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { AppId } from '../../kernel/ids.ts';
import { type Page, type PageAsked, pageOf } from '../../kernel/page.ts';
import type { App } from './app.ts';
import { appsThatAsk, contentHashes, currentReleases, listApps as listAll } from './apps.store.ts';
import type { AppsDeps } from './deps.ts';
import { resourceOf } from './find.ts';
import { refuse } from './refusals.ts';
import { appRow } from './views.ts';

interface Asked extends PageAsked {
  readonly app?: string | undefined;
  readonly source?: string | undefined;
}

/** So many are looked at, at a time, for those that a person may open. */
const SLICE = 200;

/** What a person may open; drafts too, for those who may edit. Which of them ask one source is for those alone. */
export async function listApps(deps: AppsDeps, call: Call, asked: Asked): Promise<Page<AppRow>> {
  const organization = call.actor.organizationId;
  const { app: one = null, source, cursor, limit } = asked;
  if (source !== undefined) deps.access.authorise(call, 'app:edit');
  const edits = deps.access.decide(call.actor, 'app:edit').allowed;
  const opens = (app: App) =>
    app.releaseHash !== null && deps.access.decide(call.actor, 'app:open', resourceOf(app)).allowed;
  const [page, current, hashes] = await deps.db.tenant(organization, async (tx) => {
    const asking = source === undefined ? undefined : await appsThatAsk(tx, source);
    const found: App[] = [];
    for (let after = cursor; ; ) {
      const slice = await listAll(tx, { cursor: after, limit: SLICE }, one as AppId | null);
      found.push(...slice.filter((app) => (asking?.has(app.id) ?? true) && (edits || opens(app))));
      if (slice.length < SLICE || found.length > limit) break;
      after = slice.at(-1)?.id;
    }
    const shown = pageOf(found, limit, ({ id }) => id);
    const ids = shown.items.map(({ id }) => id);
    return [shown, await currentReleases(tx, ids), await contentHashes(tx, ids)] as const;
  });
  const people = page.items.flatMap((app) => [
    app.updatedBy,
    current.get(app.id)?.publishedBy ?? app.updatedBy,
  ]);
  const names = await deps.names(organization, [...new Set(people)]);
  const items = page.items.map((app) =>
    appRow(app, { current: current.get(app.id), contentHash: hashes.get(app.id), canEdit: edits, names }),
  );
  return { ...page, items };
}

/** One app's row, as the answer to a change of it. */
export async function rowOf(deps: AppsDeps, call: Call, app: Pick<App, 'id'>): Promise<AppRow> {
  const [row] = (await listApps(deps, call, { app: app.id, limit: 1 })).items;
  // Removed by somebody else since, or not this person's to see any more.
  if (row === undefined) throw refuse('app_not_found');
  return row;
}
