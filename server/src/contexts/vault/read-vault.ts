import type { vault as contract, ResponseOf } from '@sallyport/contract';
import type { OrganizationId } from '../../kernel/ids.ts';
import { activeKey } from './data-keys.store.ts';
import { countSealed, inScope, type RotationDeps } from './rotation-deps.ts';
import { newestRotation } from './rotations.store.ts';

/** Which keys seal what an organization (or the installation) holds, and how its newest rotation stands. */
export async function readVault(
  deps: RotationDeps,
  holder: OrganizationId,
): Promise<ResponseOf<typeof contract.getVault>> {
  const { key, rotation } = await inScope(deps.db, holder, async (tx) => ({
    key: await activeKey(tx, holder),
    rotation: await newestRotation(tx, holder),
  }));
  return {
    rootKeyId: deps.root.id,
    // Empty until the first value is sealed.
    dataKeyId: key?.id ?? '',
    sealedValues: await countSealed(deps, holder),
    rotation:
      rotation === undefined
        ? null
        : {
            id: rotation.id,
            startedAt: rotation.startedAt.toISOString(),
            finishedAt: rotation.finishedAt?.toISOString() ?? null,
            total: rotation.total,
            done: rotation.done,
            unopened: rotation.unopened,
          },
  };
}
