import type { AppRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { App } from './app.ts';
import { contentHashes, currentReleases, listApps as listAll } from './apps.store.ts';
import type { AppsDeps } from './deps.ts';
import { resourceOf } from './find.ts';
import { appRow, canEdit } from './views.ts';

/** What a person may open; drafts too, for those who may edit. */
export async function listApps(deps: AppsDeps, call: Call): Promise<AppRow[]> {
  const organization = call.actor.organizationId;
  const edits = canEdit(deps, call);
  const [apps, current, hashes] = await deps.db.tenant(
    organization,
    async (tx) => [await listAll(tx), await currentReleases(tx), await contentHashes(tx)] as const,
  );
  const visible = apps.filter(
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
  const row = (await listApps(deps, call)).find((one) => one.id === app.id);
  if (row === undefined) throw new Error('the app that was just changed is not listed');
  return row;
}
