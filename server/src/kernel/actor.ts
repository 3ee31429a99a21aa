import type { OrganizationId, PersonId, SessionId } from './ids.ts';

export type Role = 'owner' | 'admin' | 'builder' | 'member';

/** A signed-in person acting in one organization, by a browser session or by one of their API tokens. */
export interface PersonActor {
  readonly kind: 'person';
  readonly personId: PersonId;
  readonly organizationId: OrganizationId;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly groups: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Which session or token carries this call; both are revocable and both are rows of `sessions`. */
  readonly sessionId: SessionId;
  readonly via: 'session' | 'token';
  /** Acts in the organization that set-up created, whose owners operate the installation. Absent is no. */
  readonly operator?: boolean;
}

/** A person as policy sees them. */
export type Principal = Pick<PersonActor, 'organizationId' | 'role' | 'groups' | 'operator'>;

/** Nobody: allowed on routes whose permission is `public`, and nowhere else. */
export interface AnonymousActor {
  readonly kind: 'anonymous';
}

/** Closed on purpose: there is no "system" that a missing value could fall back to. */
export type Actor = PersonActor | AnonymousActor;
