import type { AppBundle, AppRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { AppId, OrganizationId, ReleaseHash } from '../../kernel/ids.ts';
import type { Binding } from '../../platform/http/binding.ts';
import type { Resource } from '../access/index.ts';
import { findApp } from './apps.store.ts';
import type { AppsDeps } from './deps.ts';
import { resourceOf } from './find.ts';
import { importApp } from './import-app.ts';
import { planRelease } from './plan-release.ts';
import { publish } from './publish.ts';
import { refuse } from './refusals.ts';
import { findRunnableDraft, findRunnableRelease, type Runnable } from './releases.ts';
import { routes } from './routes.ts';

export { actions } from './actions.ts';
export { APPS_CHANGED } from './apps.store.ts';
export { events } from './events.ts';
export { refuse } from './refusals.ts';

/** Internal tools: documents, versions, releases. */
export interface Apps {
  readonly routes: readonly Binding[];
  /**
   * The release of that hash, when it may run now: it is current, or was superseded less than an hour ago and not
   * withdrawn. `until` (milliseconds since the epoch) is when that ends.
   */
  release(
    organization: OrganizationId,
    hash: ReleaseHash,
  ): Promise<(Runnable & { readonly until: number | null }) | undefined>;
  /** Makes an app from a bundle, and publishes it as it is: what the demo does in one go. */
  importAndPublish(call: Call, bundle: AppBundle, note: string): Promise<AppRow>;
  /** An app as policy sees it; refuses with `app_not_found`. */
  resource(organization: OrganizationId, id: string): Promise<Resource>;
  /** The saved queries of a draft. */
  draft(organization: OrganizationId, id: AppId): Promise<Runnable | undefined>;
}

export function createApps(deps: AppsDeps): Apps {
  return {
    routes: routes(deps),
    release: (organization, hash) => findRunnableRelease(deps.db, organization, hash, Date.now()),
    importAndPublish: async (call, bundle, note) => {
      const app = await importApp(deps, call, { bundle });
      const { hash } = await planRelease(deps, call, app.id);
      await publish(deps, call, app.id, { hash, note });
      return app;
    },
    resource: async (organization, id) => {
      const app = await deps.db.tenant(organization, (tx) => findApp(tx, id as AppId));
      if (app === undefined) throw refuse('app_not_found');
      return resourceOf(app);
    },
    draft: (organization, id) => findRunnableDraft(deps.db, organization, id),
  };
}
