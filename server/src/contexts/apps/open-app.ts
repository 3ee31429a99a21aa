import type { ReleasedApp } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { findAppBySlug, findRelease } from './apps.store.ts';
import { targetOf } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
import { resourceOf } from './find.ts';
import { refuse } from './refusals.ts';

/** The current release for a member's browser: pages and signatures; no statement and no source. */
export async function openApp(deps: AppsDeps, call: Call, slug: string): Promise<ReleasedApp> {
  return deps.db.tenant(call.actor.organizationId, async (tx) => {
    const app = await findAppBySlug(tx, slug);
    if (app === undefined) throw refuse('app_not_found');
    deps.access.authorise(call, 'app:open', resourceOf(app));
    const release = app.releaseHash === null ? undefined : await findRelease(tx, app.id, app.releaseHash);
    if (release === undefined) throw refuse('app_not_released');
    await deps.audit.record(tx, call, {
      event: 'apps.opened',
      target: targetOf(app),
      data: { release: release.hash, number: release.number },
    });
    return {
      app: { id: app.id, name: app.name, slug: app.slug },
      release: { hash: release.hash, number: release.number, publishedAt: release.publishedAt.toISOString() },
      pages: release.pages,
      queries: Object.fromEntries(
        Object.entries(release.queries).map(([name, query]) => [
          name,
          deps.compiler.signature(query.compiled),
        ]),
      ),
    };
  });
}
