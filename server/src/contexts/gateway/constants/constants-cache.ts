import type { Call } from '../../../kernel/call.ts';
import type { Secret } from '../../../kernel/secret.ts';
import type { GatewayDeps } from '../deps.ts';
import { createKept } from '../kept.ts';
import { CONSTANTS_CHANGED, findConstants, placeOf } from './constants.store.ts';

/** Constants as runs bind them: a secret one is opened in memory, and only as a `Secret`. */
export interface ConstantsCache {
  /** Those of the names that exist. */
  get(
    call: Call,
    names: readonly string[],
  ): ReadonlyMap<string, string | Secret> | Promise<ReadonlyMap<string, string | Secret>>;
  close(): void;
}

export async function createConstantsCache(
  deps: Pick<GatewayDeps, 'db' | 'vault' | 'notifications'>,
): Promise<ConstantsCache> {
  const kept = createKept<ReadonlyMap<string, string | Secret>>(deps.notifications, {
    max: 1_000,
    ttlMs: 60_000,
  });
  const stop = await deps.notifications.listen(CONSTANTS_CHANGED, {
    message: (organization) => kept.drop((key) => key.startsWith(`${organization}/`)),
    lost: () => kept.clear(),
    restored: () => kept.clear(),
  });
  const load = (call: Call, names: readonly string[]) =>
    deps.db.tenant(call.actor.organizationId, async (tx) => {
      const found = new Map<string, string | Secret>();
      for (const constant of await findConstants(tx, names)) {
        const { name, value, sealed } = constant;
        if (value !== null) found.set(name, value);
        else if (sealed !== null) {
          found.set(
            name,
            await deps.vault.open(tx, placeOf(call.actor.organizationId, constant), sealed, call),
          );
        }
      }
      return found;
    });
  return {
    get: (call, names) =>
      kept.get(`${call.actor.organizationId}/${[...names].sort().join(',')}`, () => load(call, names)),
    close: stop,
  };
}
