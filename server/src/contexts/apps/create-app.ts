import { type AppRow, freeSlug, slugOf } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { type AppId, newId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { takeTurns } from '../../platform/db/take-turns.ts';
import { type App, type DraftContent, emptyPages } from './app.ts';
import { insertApp, insertDraft, slugs } from './apps.store.ts';
import type { AppsDeps } from './deps.ts';
import { rowOf } from './list-apps.ts';

/** Makes an empty app with one page, open to everyone of the organization once published. */
export async function createApp(deps: AppsDeps, call: Call, input: { name: string }): Promise<AppRow> {
  deps.access.authorise(call, 'app:edit');
  const app = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const made = await addApp(tx, call, input.name, { pages: emptyPages(input.name), queries: {} });
    await deps.audit.record(tx, call, {
      event: 'apps.created',
      target: targetOf(made),
      data: { name: made.name },
    });
    return made;
  });
  return rowOf(deps, call, app);
}

/** Stores a new app under a free address. The record is the caller's, who knows what was done. */
export async function addApp(
  tx: Tx,
  call: Call,
  name: string,
  content: DraftContent,
): Promise<Pick<App, 'id' | 'organization' | 'name' | 'slug' | 'audience'>> {
  await takeTurns(tx, 'apps');
  const app = {
    id: newId<AppId>(),
    organization: call.actor.organizationId,
    name,
    slug: freeSlug(slugOf(name, 'app'), await slugs(tx)),
    audience: { everyone: true, groups: [] },
  };
  await insertApp(tx, app, call.actor.personId);
  await insertDraft(tx, app, content);
  return app;
}

export function targetOf(app: Pick<App, 'id' | 'name'>): { kind: string; id: string; name: string } {
  return { kind: 'app', id: app.id, name: app.name };
}
