import type { AnyCall } from '../../kernel/call.ts';
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

/** Nobody asks when a rotation goes on or a pool reconnects; the request that began it is named. */
export function unattended(requestId: string): AnyCall {
  return {
    actor: { kind: 'anonymous' },
    requestId,
    address: '',
    device: '',
    decided: new Set(),
    recorded: new Set(),
  };
}

export async function countSealed(deps: RotationDeps, organization: OrganizationId): Promise<number> {
  return inScope(deps.db, organization, async (tx) => {
    let total = 0;
    for (const table of deps.rewrappables(organization)) total += await table.count(tx, organization);
    return total;
  });
}
