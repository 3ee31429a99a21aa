import type { vault as contract, ResponseOf } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { activeKey } from './data-keys.store.ts';
import { countSealed, type RotationDeps } from './rotation-deps.ts';
import { newestRotation } from './rotations.store.ts';

/** Which keys seal the organization's credentials, and how its newest rotation stands. */
export async function readVault(
  deps: RotationDeps,
  call: Call,
): Promise<ResponseOf<typeof contract.getVault>> {
  const { organizationId } = call.actor;
  const { key, rotation } = await deps.db.tenant(organizationId, async (tx) => ({
    key: await activeKey(tx, organizationId),
    rotation: await newestRotation(tx, organizationId),
  }));
  return {
    rootKeyId: deps.root.id,
    // Empty until the first value is sealed.
    dataKeyId: key?.id ?? '',
    sealedValues: await countSealed(deps, organizationId),
    rotation:
      rotation === undefined
        ? null
        : {
            id: rotation.id,
            startedAt: rotation.startedAt.toISOString(),
            finishedAt: rotation.finishedAt?.toISOString() ?? null,
            total: rotation.total,
            done: rotation.done,
          },
  };
}
