import type { Draft } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { AppsDeps } from './deps.ts';
import { needDraft, readApp } from './find.ts';
import { rowOf } from './list-apps.ts';
import { draftView } from './views.ts';

/** A draft with the compiled form of each query. */
export async function getDraft(deps: AppsDeps, call: Call, id: string): Promise<Draft> {
  const [app, draft] = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const found = await readApp(deps, tx, call, id, 'app:edit');
    return [found, await needDraft(tx, found)] as const;
  });
  const changedByYou = app.updatedBy === call.actor.personId;
  return draftView(await rowOf(deps, call, app), draft, changedByYou, deps.compiler);
}
