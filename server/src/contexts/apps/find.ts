import type { Call } from '../../kernel/call.ts';
import type { AppId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { App, DraftState } from './app.ts';
import { findApp, findDraft } from './apps.store.ts';
import type { AppsDeps } from './deps.ts';
import { refuse } from './refusals.ts';

/** The app, locked until the transaction ends, and the right to act on it. Not found and not yours are one answer. */
export async function lockApp(
  deps: Pick<AppsDeps, 'access'>,
  tx: Tx,
  call: Call,
  id: string,
  action: string,
): Promise<App> {
  return need(deps, await findApp(tx, id as AppId, true), call, action);
}

export async function readApp(
  deps: Pick<AppsDeps, 'access'>,
  tx: Tx,
  call: Call,
  id: string,
  action: string,
): Promise<App> {
  return need(deps, await findApp(tx, id as AppId), call, action);
}

function need(deps: Pick<AppsDeps, 'access'>, app: App | undefined, call: Call, action: string): App {
  if (app === undefined) throw refuse('app_not_found');
  deps.access.authorise(call, action, resourceOf(app));
  return app;
}

/** Every app has one; where the app is not locked, it may have been removed since it was found. */
export async function needDraft(tx: Tx, app: App): Promise<DraftState> {
  const draft = await findDraft(tx, app.id);
  if (draft === undefined) throw refuse('app_not_found');
  return draft;
}

/** An app as policy sees it. */
export function resourceOf(app: Pick<App, 'id' | 'audience'>) {
  return {
    kind: 'app' as const,
    id: app.id,
    attributes: { everyone: app.audience.everyone, groups: [...app.audience.groups] },
  };
}
