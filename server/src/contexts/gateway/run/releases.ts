import type { AppId, OrganizationId, ReleaseHash } from '../../../kernel/ids.ts';
import { isIntact } from '../compiled-query.ts';
import type { GatewayDeps, ReleaseLookup, Runnable } from '../deps.ts';
import { createKept } from '../kept.ts';
import { refuse } from '../refusals.ts';

type Released = Runnable & { readonly until: number | null };

/** Releases by hash, kept in memory: they are immutable; whether one may still run is told by notification and time. */
export interface Releases {
  /** Refuses with `release_not_found`: unknown, withdrawn, too old, or of another organization. */
  get(organization: OrganizationId, hash: ReleaseHash): Released | Promise<Released>;
  /** Refuses with `draft_not_found`. */
  draft(organization: OrganizationId, app: AppId): Promise<Runnable>;
  close(): void;
}

export async function createReleases(
  deps: Pick<GatewayDeps, 'notifications'>,
  lookup: ReleaseLookup,
  /** What may run in the organization has changed, or, with null, may have in any. */
  onChanged: (organization: OrganizationId | null) => void,
): Promise<Releases> {
  const kept = createKept<Released>(deps.notifications, { max: 2_000, ttlMs: 5 * 60_000 });
  const stop = await deps.notifications.listen(lookup.changed, {
    message: (payload) => {
      const [organization, app] = payload.split(' ') as [OrganizationId, AppId];
      // Of one that is still being loaded nobody knows yet whose it is.
      kept.drop((key, found) => key.startsWith(`${organization}/`) && (found?.appId ?? app) === app);
      onChanged(organization);
    },
    lost: () => kept.clear(),
    restored: () => {
      kept.clear();
      onChanged(null);
    },
  });
  const load = async (organization: OrganizationId, hash: ReleaseHash): Promise<Released> => {
    const found = await lookup.release(organization, hash);
    if (found === undefined) throw refuse('release_not_found');
    return intact(found);
  };
  const current = (released: Released): Released => {
    if (released.until !== null && released.until <= Date.now()) throw refuse('release_not_found');
    return released;
  };
  return {
    get: (organization, hash) => {
      const found = kept.get(`${organization}/${hash}`, () => load(organization, hash));
      return found instanceof Promise ? found.then(current) : current(found);
    },
    draft: async (organization, app) => {
      const found = await lookup.draft(organization, app);
      if (found === undefined) throw refuse('draft_not_found');
      return intact(found);
    },
    close: stop,
  };
}

/** What was compiled and reviewed is what runs (Q9): a form that no longer has its own hash was altered in the table. */
function intact<T extends Runnable>(runnable: T): T {
  for (const [name, { compiled }] of Object.entries(runnable.queries)) {
    if (!isIntact(compiled))
      throw new Error(`the compiled query ${name} of app ${runnable.appId} was altered`);
  }
  return runnable;
}
