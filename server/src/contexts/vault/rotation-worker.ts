import type { OrganizationId } from '../../kernel/ids.ts';
import { reseal } from './reseal.ts';
import type { RotationDeps } from './rotation-deps.ts';
import { runningRotations } from './rotations.store.ts';

const LOOK_EVERY_MS = 30_000;

/** Runs rotations to their end: those begun here at once, those that a stopped node left behind at boot and every half minute. */
export function createRotationWorker(deps: RotationDeps) {
  const at = new Map<OrganizationId, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let onFault: (error: unknown) => void = () => undefined;

  const look = async (): Promise<void> => {
    const running = await deps.db.system('rotations of every organization', runningRotations);
    for (const rotation of running) {
      if (closed || at.has(rotation.organization)) continue;
      const work = reseal(deps, rotation, () => closed)
        .catch((error: unknown) => {
          if (!closed) onFault(error);
        })
        .finally(() => at.delete(rotation.organization));
      at.set(rotation.organization, work);
    }
  };

  return {
    look,
    start: (given: (error: unknown) => void): void => {
      onFault = given;
      const again = () => {
        look().catch((error: unknown) => {
          if (!closed) onFault(error);
        });
      };
      again();
      timer = setInterval(again, LOOK_EVERY_MS);
      timer.unref();
    },
    /** Waits for the rotations that this node is at. */
    idle: async (): Promise<void> => {
      await Promise.all(at.values());
    },
    close: (): void => {
      closed = true;
      clearInterval(timer);
    },
  };
}
