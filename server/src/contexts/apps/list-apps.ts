import type { AppRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { AppId } from '../../kernel/ids.ts';
import type { App } from './app.ts';
import { appsThatAsk, contentHashes, currentReleases, listApps as listAll } from './apps.store.ts';
import type { AppsDeps } from './deps.ts';
import { resourceOf } from './find.ts';
import { refuse } from './refusals.ts';
import { appRow } from './views.ts';

interface Only {
  readonly app?: string | undefined;
  readonly source?: string | undefined;
}

/** What a person may open; drafts too, for those who may edit. Which of them ask one source is for those alone. */
export async function listApps(deps: AppsDeps, call: Call, only: Only = {}): Promise<AppRow[]> {
  const organization = call.actor.organizationId;
  const one = only.app as AppId | undefined;
  const sourceId = only.source;
  if (sourceId !== undefined) deps.access.authorise(call, 'app:edit');
  const edits = deps.access.decide(call.actor, 'app:edit').allowed;
  const [apps, current, hashes, asking] = await deps.db.tenant(
    organization,
    async (tx) =>
      [
        await listAll(tx, one),
        await currentReleases(tx, one),
        await contentHashes(tx, one),
        sourceId === undefined ? undefined : await appsThatAsk(tx, sourceId),
      ] as const,
  );
  const asked = asking === undefined ? apps : apps.filter((app) => asking.has(app.id));
  const visible = asked.filter(
    (app) =>
      edits || (current.has(app.id) && deps.access.decide(call.actor, 'app:open', resourceOf(app)).allowed),
  );
  const people = visible.flatMap((app) => [app.updatedBy, current.get(app.id)?.publishedBy ?? app.updatedBy]);
  const names = await deps.names(organization, [...new Set(people)]);
  return visible.map((app) =>
    appRow(app, { current: current.get(app.id), contentHash: hashes.get(app.id), canEdit: edits, names }),
  );
}

/** One app's row, as the answer to a change of it. */
export async function rowOf(deps: AppsDeps, call: Call, app: Pick<App, 'id'>): Promise<AppRow> {
  const [row] = await listApps(deps, call, { app: app.id });
  // Removed by somebody else since, or not this person's to see any more.
  if (row === undefined) throw refuse('app_not_found');
  return row;
}
