import type { Clock } from '../../kernel/clock.ts';
import { INSTALLATION, type OrganizationId } from '../../kernel/ids.ts';
import type { Db, Tx } from '../../platform/db/db.ts';
import type { Audit } from '../audit/index.ts';
import type { DataKeys } from './data-keys.ts';
import type { Rewrappable } from './rewrappable.ts';
import type { RootKey } from './root-key.ts';

export interface RotationDeps {
  readonly db: Db;
  readonly audit: Audit;
  readonly root: RootKey;
  readonly keys: DataKeys;
  readonly clock: Clock;
  /** Those with values of this organization (or of the installation), in the order of their names. */
  rewrappables(organization: OrganizationId): readonly Rewrappable[];
}

/** A transaction that sees the sealed values of an organization, or of the installation. */
export function inScope<T>(db: Db, organization: OrganizationId, work: (tx: Tx) => Promise<T>): Promise<T> {
  return organization === INSTALLATION
    ? db.system('values sealed for the installation', work)
    : db.tenant(organization, work);
}

export async function countSealed(deps: RotationDeps, organization: OrganizationId): Promise<number> {
  return inScope(deps.db, organization, async (tx) => {
    let total = 0;
    for (const table of deps.rewrappables(organization)) total += await table.count(tx, organization);
    return total;
  });
}
