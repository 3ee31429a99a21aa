import type { OrganizationId } from '../../kernel/ids.ts';
import type { Json } from './json.ts';

export type Outcome = 'allowed' | 'refused' | 'failed';

/** What a caller tells the log; who, from where and when come from the call. */
export interface AuditEntry {
  /** A name from the event tables of the contexts; another is a fault. */
  readonly event: string;
  /** `allowed` when absent. */
  readonly outcome?: Outcome;
  readonly target?: { readonly kind: string; readonly id: string; readonly name?: string | null };
  /** Ids of the policies that decided; those of the call when absent. */
  readonly policies?: readonly string[];
  /** Fields that the event declares `public` go into the leaf; all others only as a commitment, and can be erased. */
  readonly data?: Readonly<Record<string, Json>>;
  /** Whose log; when absent, the actor's organization, then the transaction's, then the installation's. */
  readonly organization?: OrganizationId;
}
