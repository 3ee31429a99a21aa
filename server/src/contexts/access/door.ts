import type { PersonActor, Principal } from '../../kernel/actor.ts';
import type { Call } from '../../kernel/call.ts';
import type { OrganizationId, PersonId } from '../../kernel/ids.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { ActionTable } from '../../kernel/registered.ts';
import type { Audit } from '../audit/index.ts';
import type { Decision } from './decide.ts';
import type { PolicyList } from './list-policies.ts';
import type { Resource } from './resource.ts';

/** What access needs of the rest. */
export interface AccessDeps {
  readonly audit: Pick<Audit, 'append'>;
  /** Every context's actions, put together by compose.ts. */
  readonly actions: ActionTable;
  /** What a person of the organization would act as; throws identity's own refusal when there is none. */
  readonly actorOf: (
    organization: OrganizationId,
    person: PersonId,
  ) => Promise<{ readonly actor: Principal; readonly disabled: boolean }>;
  /** An app of the organization with its audience; throws the apps' own refusal when there is none. */
  readonly appResource: (organization: OrganizationId, appId: string) => Promise<Resource>;
}

/** May this person do this to this thing, and why. */
export interface Access {
  /** Synchronous and from memory: microseconds when asked before. Unknown actions, kinds and policy errors are a no. */
  decide(actor: PersonActor, action: string, resource?: Resource): Decision;
  /** As `decide`; throws on a no: `app_not_shared` where an app's audience decided, `permission_denied` elsewhere. */
  authorise(call: Call, action: string, resource?: Resource): Decision;
  /** The actions that the person may do in the organization at large: `Me.permissions`. */
  permissionsOf(actor: PersonActor): string[];
  /** The policies in force and the actions they speak of. */
  listPolicies(): PolicyList;
  /** Whether a person may do something, and which policies say so. */
  explain(
    call: Call,
    input: { personId: string; action: string; appId?: string | undefined },
  ): Promise<Decision>;
  /**
   * Puts a refusal on the record with the policies that decided it, durably, and resolves to what is answered: the refusal,
   * or `too_many_refusals` of whom so many were recorded that this one is only counted (A9).
   */
  recordRefusal(
    call: Call,
    route: { readonly operationId: string; readonly permission: string },
    refusal: Refusal,
    policies: readonly string[],
  ): Promise<Refusal>;
  /** Counts a refusal that its context records itself; true of whom so many were recorded that this one is only counted (A9). */
  isOnlyCounted(call: Call, operation: string): boolean;
  /** Puts on the record what was only counted. */
  close(): Promise<void>;
}
