import type { AppRow } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { takeTurns } from '../../platform/db/take-turns.ts';
import type { Audience } from './app.ts';
import { announce, findAppBySlug, updateApp } from './apps.store.ts';
import { targetOf } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
import { lockApp } from './find.ts';
import { rowOf } from './list-apps.ts';
import { refuse } from './refusals.ts';

/** Changes an app's name, address or audience; what is absent stays. The audience counts from the next run on. */
export async function changeApp(
  deps: AppsDeps,
  call: Call,
  id: string,
  input: { name?: string | undefined; slug?: string | undefined; audience?: Audience | undefined },
): Promise<AppRow> {
  const app = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const before = await lockApp(deps, tx, call, id, 'app:edit');
    const after = {
      ...before,
      name: input.name ?? before.name,
      slug: input.slug ?? before.slug,
      audience: input.audience ?? before.audience,
    };
    if (after.slug !== before.slug) {
      await takeTurns(tx, 'apps');
      if ((await findAppBySlug(tx, after.slug)) !== undefined)
        throw refuse('app_slug_taken', {
          values: { slug: after.slug },
          places: [{ path: 'slug', message: 'Taken.' }],
        });
    }
    await updateApp(tx, after, call.actor.personId);
    await deps.audit.record(tx, call, {
      event: 'apps.changed',
      target: targetOf(after),
      data: { before: settingsOf(before), after: settingsOf(after) },
    });
    await announce(tx, before);
    return after;
  });
  return rowOf(deps, call, app);
}

const settingsOf = (app: { name: string; slug: string; audience: Audience }) => ({
  name: app.name,
  slug: app.slug,
  audience: { everyone: app.audience.everyone, groups: [...app.audience.groups] },
});
