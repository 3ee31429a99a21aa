import type { Call } from '../../../kernel/call.ts';
import type { OrganizationId, PersonId, RunId } from '../../../kernel/ids.ts';
import { notify } from '../../../platform/db/notifications.ts';
import type { GatewayDeps } from '../deps.ts';
import type { LiveRuns } from './live-runs.ts';

const CHANNEL = 'gateway_cancel';

/**
 * Cancels a run of one's own, on whichever node it is, once that is on the record. Nobody cancels another's. A run that is not
 * there is no error: it has ended, which is what was asked, or is on its way, and then does not begin.
 */
export async function cancelRun(
  deps: GatewayDeps & { readonly live: LiveRuns },
  call: Call,
  id: RunId,
): Promise<void> {
  deps.access.authorise(call, 'query:run');
  const { organizationId, personId } = call.actor;
  const found = deps.live.has(id, organizationId, personId);
  await deps.db.tenant(organizationId, async (tx) => {
    await deps.audit.record(tx, call, {
      event: 'gateway.cancelled',
      target: { kind: 'run', id },
      data: { found },
    });
    if (!found) await notify(tx, CHANNEL, `${organizationId} ${personId} ${id}`);
  });
  deps.live.cancel(id, organizationId, personId);
}

/** Hears what other nodes were asked to cancel. */
export function listenForCancels(
  deps: Pick<GatewayDeps, 'notifications'>,
  live: LiveRuns,
): Promise<() => void> {
  return deps.notifications.listen(CHANNEL, {
    message: (payload) => {
      const [organization, person, run] = payload.split(' ');
      live.cancel(run as RunId, organization as OrganizationId, person as PersonId);
    },
    lost: () => undefined,
    restored: () => undefined,
  });
}
