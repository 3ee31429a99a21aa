import { unattended } from '../../kernel/call.ts';
import type { Rewrappable, SealedItem } from './rewrappable.ts';
import { inScope, type RotationDeps } from './rotation-deps.ts';
import {
  advance,
  destroyRetired,
  finishRotation,
  type Progress,
  type RotationRow,
} from './rotations.store.ts';
import { sealUnder, unseal } from './seal.ts';
import { readSealed } from './sealed-value.ts';

const PAGE = 100;

interface Damage {
  readonly item: SealedItem;
  readonly keyId: string | undefined;
  readonly reason: string;
}

/** What one page came to. */
interface Turned {
  readonly last: string | null;
  readonly seen: number;
  readonly resealed: number;
  readonly damaged: readonly Damage[];
}

/**
 * Takes a rotation from where it is to its end: re-seals page by page, each in a short transaction and only where the value
 * is still the one that was read, until a whole pass finds nothing under an old key; then destroys the old keys. Killed
 * anywhere, it goes on from its last page. When another node is at it too, the one that falls behind stops.
 */
export async function reseal(
  deps: RotationDeps,
  rotation: RotationRow,
  stopping: () => boolean,
): Promise<void> {
  let resealed = rotation.done;
  let at: Progress = { table: rotation.table, position: rotation.position };
  for (;;) {
    const pass = await onePass(deps, rotation, at, stopping);
    if (pass === 'left') return;
    resealed += pass.resealed;
    if (pass.resealed === 0 && at.table === null) {
      await finish(deps, rotation, resealed, pass.damaged);
      return;
    }
    const start = { table: null, position: null };
    const moved = await deps.db.system('progress of a rotation', (tx) =>
      advance(tx, rotation, pass.at, { ...start, added: 0 }),
    );
    if (!moved) return;
    at = start;
  }
}

async function onePass(deps: RotationDeps, rotation: RotationRow, from: Progress, stopping: () => boolean) {
  const damaged: Damage[] = [];
  let resealed = 0;
  let at = from;
  for (const table of deps.rewrappables(rotation.organization)) {
    if (from.table !== null && table.table < from.table) continue;
    let after = table.table === from.table ? from.position : null;
    for (;;) {
      if (stopping()) return 'left' as const;
      const turned = await inScope(deps.db, rotation.organization, (tx) =>
        page(deps, rotation, table, tx, after),
      );
      damaged.push(...turned.damaged);
      resealed += turned.resealed;
      if (turned.last === null) break;
      const to = { table: table.table, position: turned.last };
      const moved = await deps.db.system('progress of a rotation', (tx) =>
        advance(tx, rotation, at, { ...to, added: turned.resealed }),
      );
      if (!moved) return 'left' as const;
      at = to;
      after = turned.last;
      if (turned.seen < PAGE) break;
    }
  }
  return { at, resealed, damaged };
}

async function page(
  deps: RotationDeps,
  rotation: RotationRow,
  table: Rewrappable,
  tx: Parameters<Rewrappable['page']>[0],
  after: string | null,
): Promise<Turned> {
  const { organization } = rotation;
  const items = await table.page(tx, organization, after, PAGE);
  const damaged: Damage[] = [];
  let resealed = 0;
  for (const item of items) {
    const keyId = readSealed(item.sealed)?.keyId;
    if (keyId === rotation.keyId) continue;
    const key = await deps.keys.byId(tx, organization, rotation.keyId);
    if (key === undefined) throw new Error('The new data key of a rotation is missing.');
    const result = await unseal(deps.keys, tx, item.place, item.sealed);
    if (!result.opened) {
      damaged.push({ item, keyId, reason: result.reason });
      continue;
    }
    const next = sealUnder(key, item.place, result.plaintext);
    if (await table.replace(tx, organization, item, next)) resealed += 1;
  }
  return { last: items.at(-1)?.position ?? null, seen: items.length, resealed, damaged };
}

async function finish(
  deps: RotationDeps,
  rotation: RotationRow,
  resealed: number,
  damaged: readonly Damage[],
): Promise<void> {
  const { organization, keyId } = rotation;
  // A damaged value is left as it is, and its key with it: a rotation must not make damage final.
  const used = damaged.flatMap((one) => one.keyId ?? []);
  for (const { item, reason } of damaged) {
    const { table, row, field, version } = item.place;
    await deps.audit.append(organization, unattended(rotation.startedBy), {
      event: 'vault.open_failed',
      outcome: 'failed',
      data: { table, row, field, version, reason },
    });
  }
  const destroyed = await deps.db.system('only a rotation may destroy a data key', async (tx) => {
    const at = new Date(deps.clock.now());
    if (!(await finishRotation(tx, rotation, { at, unopened: damaged.length }))) return [];
    const ids = await destroyRetired(tx, organization, used);
    await deps.audit.record(tx, unattended(rotation.startedBy), {
      organization,
      event: 'vault.rotation_finished',
      target: { kind: 'data-key', id: keyId },
      data: { keyId, resealed, destroyed: ids },
    });
    return ids;
  });
  for (const id of destroyed) deps.keys.forget(organization, id);
}
