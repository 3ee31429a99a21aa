import type { AppId, OrganizationId, ReleaseHash } from '../../kernel/ids.ts';
import type { Db } from '../../platform/db/db.ts';
import { type Audience, GRACE_MS, mayRun, type StoredQueries } from './app.ts';
import { findApp, findDraft, findReleaseAnywhere } from './apps.store.ts';

/** What the gateway needs to run a query: which app decides the audience, and what was compiled. */
export interface Runnable {
  readonly appId: AppId;
  readonly appName: string;
  readonly audience: Audience;
  readonly queries: StoredQueries;
}

/** A release that may run now; `undefined` when there is none of that hash here, or it was withdrawn or is too old. */
export async function findRunnableRelease(
  db: Db,
  organization: OrganizationId,
  hash: ReleaseHash,
  now: number,
): Promise<(Runnable & { readonly until: number | null }) | undefined> {
  return db.tenant(organization, async (tx) => {
    const found = await findReleaseAnywhere(tx, hash);
    if (found === undefined || !mayRun(found.release, now)) return undefined;
    const app = await findApp(tx, found.appId);
    if (app === undefined) return undefined;
    return {
      appId: app.id,
      appName: app.name,
      audience: app.audience,
      queries: found.release.queries,
      until: found.release.supersededAt === null ? null : found.release.supersededAt.getTime() + GRACE_MS,
    };
  });
}

/** A draft's saved queries. */
export async function findRunnableDraft(
  db: Db,
  organization: OrganizationId,
  id: AppId,
): Promise<Runnable | undefined> {
  return db.tenant(organization, async (tx) => {
    const app = await findApp(tx, id);
    const draft = app && (await findDraft(tx, app.id));
    if (app === undefined || draft === undefined) return undefined;
    return { appId: app.id, appName: app.name, audience: app.audience, queries: draft.queries };
  });
}
