import type { Call } from '../../kernel/call.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { insertActiveKey, lockForSwitching } from './data-keys.store.ts';
import { newDataKey } from './data-keys.ts';
import { refuse } from './refusals.ts';
import { countSealed, type RotationDeps } from './rotation-deps.ts';
import { insertRotation, retireActiveKey } from './rotations.store.ts';

/**
 * Switches an organization, or the installation, to a new data key: what is sealed from now on is sealed under it, and what
 * was sealed before is re-sealed afterwards (`reseal`). The log of the one whose key it is tells of it.
 */
export async function startRotation(
  deps: RotationDeps,
  call: Call,
  organization: OrganizationId,
): Promise<{ id: string; total: number }> {
  const id = newId(deps.clock.now());
  const total = await countSealed(deps, organization);
  const key = await newDataKey(deps.root, organization);
  return deps.db.system('only a rotation may retire a data key', async (tx) => {
    await lockForSwitching(tx, organization);
    const startedAt = new Date(deps.clock.now());
    const rotation = { organization, id, keyId: key.id, startedAt, total, startedBy: call.requestId };
    if (!(await insertRotation(tx, rotation))) throw refuse('rotation_running');
    await retireActiveKey(tx, organization);
    await insertActiveKey(tx, organization, key);
    await deps.audit.record(tx, call, {
      organization,
      event: 'vault.rotation_started',
      target: { kind: 'data-key', id: key.id },
      data: { keyId: key.id, total },
    });
    return { id, total };
  });
}
