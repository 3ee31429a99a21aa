import type { Call } from '../../kernel/call.ts';
import { announce, deleteApp } from './apps.store.ts';
import { targetOf } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
import { lockApp } from './find.ts';

/** Removes an app with its draft and releases; they stop running on every node as soon as this commits. */
export async function removeApp(deps: AppsDeps, call: Call, id: string): Promise<void> {
  await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const app = await lockApp(deps, tx, call, id, 'app:edit');
    await deleteApp(tx, app.id);
    await deps.audit.record(tx, call, {
      event: 'apps.removed',
      target: targetOf(app),
      data: { name: app.name },
    });
    await announce(tx, app);
  });
}
