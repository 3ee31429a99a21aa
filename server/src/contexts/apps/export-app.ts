import type { AppBundle } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { putDraftCopy } from './apps.store.ts';
import { bundleOf } from './bundle.ts';
import { targetOf } from './create-app.ts';
import type { AppsDeps } from './deps.ts';
import { lockApp, needDraft } from './find.ts';

/** The draft as one bundle. */
export async function exportApp(deps: AppsDeps, call: Call, id: string): Promise<AppBundle> {
  return deps.db.tenant(call.actor.organizationId, async (tx) => {
    const app = await lockApp(deps, tx, call, id, 'app:edit');
    const draft = await needDraft(tx, app);
    await putDraftCopy(tx, app, call.actor.personId, draft.version);
    await deps.audit.record(tx, call, {
      event: 'apps.exported',
      target: targetOf(app),
      data: { version: draft.version },
    });
    return bundleOf(app.name, draft);
  });
}
