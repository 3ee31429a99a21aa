import type { OrganizationId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { SealedPlace, SealedValue } from './sealed-value.ts';

/** One sealed value as a table holds it. */
export interface SealedItem {
  /** Orders the values of a table and names this one; a page goes on after it. */
  readonly position: string;
  readonly place: SealedPlace;
  readonly sealed: string;
}

/**
 * What a context with a sealed column gives the vault (through compose.ts), so that a rotation finds every value. The
 * transaction is the organization's; for the installation, a system transaction.
 */
export interface Rewrappable {
  /** Unique among all; `place.table` of its values. */
  readonly table: string;
  /** Whose values it holds; organizations' when absent. It is asked for no others. */
  readonly holds?: readonly ('organization' | 'installation')[];
  count(tx: Tx, organization: OrganizationId): Promise<number>;
  /** Sealed values in the order of `position`, those above `after` only; a value that is null is none. */
  page(
    tx: Tx,
    organization: OrganizationId,
    after: string | null,
    limit: number,
  ): Promise<readonly SealedItem[]>;
  /** Puts `next` in the place of `item.sealed`, leaving the record's version; false when it is no longer that value. */
  replace(tx: Tx, organization: OrganizationId, item: SealedItem, next: SealedValue): Promise<boolean>;
}
