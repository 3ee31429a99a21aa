import type { ConstantRow } from '@sallyport/contract';
import type { Call } from '../../../kernel/call.ts';
import { newId } from '../../../kernel/ids.ts';
import { type Page, type PageAsked, pageOf } from '../../../kernel/page.ts';
import { Secret } from '../../../kernel/secret.ts';
import { takeTurns } from '../../../platform/db/take-turns.ts';
import type { GatewayDeps } from '../deps.ts';
import { refuse } from '../refusals.ts';
import {
  announceConstants,
  deleteConstant,
  findConstant,
  listConstants as listAll,
  placeOf,
  putConstant,
  type StoredConstant,
} from './constants.store.ts';

type ConstantDeps = Pick<GatewayDeps, 'db' | 'vault' | 'audit' | 'access'>;

/** The constants; a secret one without its value. */
export async function listConstants(
  deps: ConstantDeps,
  call: Call,
  { cursor, limit }: PageAsked,
): Promise<Page<ConstantRow>> {
  deps.access.authorise(call, 'constant:read');
  const rows = await deps.db.tenant(call.actor.organizationId, (tx) =>
    listAll(tx, { cursor, limit: limit + 1 }),
  );
  return pageOf(rows.map(shown), limit, ({ name }) => name);
}

/** Sets a constant; every node binds the new value from the commit on. The value is not on the record. */
export async function setConstant(
  deps: ConstantDeps,
  call: Call,
  name: string,
  given: { readonly value: string; readonly secret: boolean },
): Promise<ConstantRow> {
  deps.access.authorise(call, 'constant:manage');
  const organization = call.actor.organizationId;
  return deps.db.tenant(organization, async (tx) => {
    // Of two who make one of a name, the second finds the first's: it is sealed in its row's place.
    await takeTurns(tx, `constants/${name}`);
    const before = await findConstant(tx, name);
    const id = before?.id ?? newId<string & never>();
    const version = (before?.version ?? 0) + 1;
    const sealed = given.secret
      ? await deps.vault.seal(tx, placeOf(organization, { id, version }), new Secret(given.value))
      : null;
    const value = given.secret ? null : given.value;
    const row = await putConstant(tx, organization, {
      id,
      name,
      secret: given.secret,
      value,
      sealed,
      version,
    });
    await deps.audit.record(tx, call, {
      event: 'gateway.constant_set',
      target: { kind: 'constant', id, name },
      data: { secret: given.secret, wasSecret: before?.secret ?? null, version },
    });
    await announceConstants(tx, organization);
    return shown(row);
  });
}

/** Removes a constant; queries that use it are refused from then on. */
export async function removeConstant(deps: ConstantDeps, call: Call, name: string): Promise<void> {
  deps.access.authorise(call, 'constant:manage');
  await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const before = await findConstant(tx, name);
    if (before === undefined) throw refuse('constant_not_found');
    await deleteConstant(tx, name);
    await deps.audit.record(tx, call, {
      event: 'gateway.constant_removed',
      target: { kind: 'constant', id: before.id, name },
      data: { secret: before.secret },
    });
    await announceConstants(tx, call.actor.organizationId);
  });
}

const shown = (row: StoredConstant): ConstantRow => ({
  name: row.name,
  secret: row.secret,
  value: row.value,
  updatedAt: row.updated_at.toISOString(),
});
