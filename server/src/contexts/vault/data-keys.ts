import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../kernel/clock.ts';
import { newId, type OrganizationId } from '../../kernel/ids.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import { activeKey, type DataKeyRow, insertActiveKey, keyById, lockForSealing } from './data-keys.store.ts';
import type { RootKey } from './root-key.ts';

export interface DataKey {
  readonly id: string;
  readonly key: Secret<Buffer>;
}

/** Binds a wrapped data key to its place, so that one organization's cannot stand in for another's. */
export const dataKeyContext = (organization: string, id: string): string => `data-key/${organization}/${id}`;

/** A new data key, wrapped for its organization. */
export async function newDataKey(
  root: RootKey,
  organization: OrganizationId,
): Promise<DataKeyRow & { readonly rootKeyId: string }> {
  const id = newId();
  const wrapped = await root.wrap(new Secret(randomBytes(32)), dataKeyContext(organization, id));
  return { id, wrapped, rootKeyId: root.id };
}

/** How long a key that another node destroyed may open what was sealed under it. */
const KEPT_MS = 60_000;

/** Unwrapped data keys, kept in memory so that opening a value mostly asks neither the database nor the root key. */
export function createDataKeys(root: RootKey, clock: Clock) {
  const unwrapped = new LRUCache<string, Secret<Buffer>>({ max: 2_000, ttl: KEPT_MS, perf: clock });

  const unwrap = async (organization: OrganizationId, row: DataKeyRow): Promise<DataKey> => {
    const name = dataKeyContext(organization, row.id);
    const key = unwrapped.get(name) ?? (await root.unwrap(row.wrapped, name));
    unwrapped.set(name, key);
    return { id: row.id, key };
  };

  return {
    /** The key to seal under; makes the first one. Holds off a rotation until this transaction ends. */
    active: async (tx: Tx, organization: OrganizationId): Promise<DataKey> => {
      await lockForSealing(tx, organization);
      const found = await activeKey(tx, organization);
      if (found !== undefined) return unwrap(organization, found);
      await insertActiveKey(tx, organization, await newDataKey(root, organization));
      const made = await activeKey(tx, organization);
      if (made === undefined) throw new Error('The new data key is not visible to its own transaction.');
      return unwrap(organization, made);
    },
    /** `undefined` when the organization has no such key: destroyed, or another organization's. */
    byId: async (tx: Tx, organization: OrganizationId, id: string): Promise<DataKey | undefined> => {
      const kept = unwrapped.get(dataKeyContext(organization, id));
      if (kept !== undefined) return { id, key: kept };
      const row = await keyById(tx, organization, id);
      return row === undefined ? undefined : unwrap(organization, row);
    },
    forget: (organization: OrganizationId, id: string): void => {
      unwrapped.delete(dataKeyContext(organization, id));
    },
  };
}

export type DataKeys = ReturnType<typeof createDataKeys>;
