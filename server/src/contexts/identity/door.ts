import type {
  InvitationRow,
  Me,
  PasswordResetRow,
  PersonRow,
  PersonSessionRow,
  SessionRow,
} from '@sallyport/contract';
import type { Principal, Role } from '../../kernel/actor.ts';
import type { AnyCall, Call } from '../../kernel/call.ts';
import type { OrganizationId, PersonId, SessionId } from '../../kernel/ids.ts';
import type { Page, PageAsked } from '../../kernel/page.ts';
import type { Secret } from '../../kernel/secret.ts';
import type { Authenticated } from '../../platform/http/mount.ts';
import type { Credential } from './authenticate.ts';
import type { PasswordReset } from './make-password-reset.ts';
import type { OpenedSession } from './open-session.ts';
import type { PersonChange } from './person-change.ts';

/** A session for the cookie, and the answer that goes with it. */
export interface SignedIn {
  readonly opened: OpenedSession;
  readonly me: Me;
}

/** Who people are, and by what they prove it. */
export interface Identity {
  /**
   * Who a cookie or an API token stands for now; at once when it is in memory, `undefined` when it is not in force.
   * What an admin ends is refused on every node within a second. Throws when the database does not answer.
   */
  authenticate(
    credential: Credential,
    address: string,
  ): Authenticated | undefined | Promise<Authenticated | undefined>;
  /** Calls `abort` once when the session ends, and at once when it just did; returns the way to stop listening. */
  onRevoked(sessionId: SessionId, abort: () => void): () => void;
  /** A new single-use token for the set-up link, which voids the one before; null once there is an owner. */
  setupToken(): Promise<Secret | null>;
  /** Names of members of the organization, by id; one who is none is absent. */
  names(
    organization: OrganizationId,
    ids: readonly PersonId[],
  ): Promise<ReadonlyMap<PersonId, { readonly name: string; readonly email: string }>>;
  /** What a member would act as; refuses with `person_not_found`. */
  actorOf(
    organization: OrganizationId,
    person: PersonId,
  ): Promise<{ readonly actor: Principal; readonly disabled: boolean }>;
  /**
   * Called when the role, groups or state of somebody in an organization changed, or with null may have in any. Returns the
   * way to stop.
   */
  onRightsChanged(listener: (organization: OrganizationId | null) => void): Promise<() => void>;
  /** Ends the work in the background: writes what is buffered, stops listening. */
  close(): Promise<void>;

  isSetupNeeded(): Promise<boolean>;
  completeSetup(
    call: AnyCall,
    input: { token: string; organization: string; name: string; email: string; password: string },
  ): Promise<SignedIn>;
  signIn(
    call: AnyCall,
    input: { email: string; password: string; secondFactor?: string | undefined },
  ): Promise<SignedIn>;
  me(call: Call): Promise<Me>;
  signOut(call: Call): Promise<void>;
  switchOrganization(call: Call, input: { organizationId: string }): Promise<SignedIn>;
  listMySessions(call: Call): Promise<SessionRow[]>;
  revokeMySession(call: Call, id: string): Promise<void>;
  createToken(
    call: Call,
    input: { label: string; days: number },
  ): Promise<{ id: SessionId; token: Secret; expiresAt: Date }>;
  changePassword(call: Call, input: { current: string; next: string }): Promise<void>;
  beginSecondFactor(call: Call, input: { password: string }): Promise<{ secret: Secret; uri: string }>;
  confirmSecondFactor(call: Call, input: { code: string }): Promise<readonly string[]>;
  removeSecondFactor(call: Call, input: { password: string; code: string }): Promise<void>;
  listPeople(call: Call, asked: PageAsked): Promise<Page<PersonRow>>;
  changePerson(call: Call, id: string, change: PersonChange): Promise<PersonRow>;
  listPersonSessions(call: Call, id: string): Promise<SessionRow[]>;
  listOrganizationSessions(call: Call, asked: PageAsked): Promise<Page<PersonSessionRow>>;
  revokePersonSessions(call: Call, id: string): Promise<void>;
  /** A link by which the person chooses a new password, once (I12). */
  issuePasswordReset(call: Call, id: string): Promise<PasswordReset>;
  /** The link of that kind that is open, for those who may make one (I12). */
  readOpenPasswordReset(call: Call, id: string): Promise<PasswordResetRow | null>;
  withdrawPasswordReset(call: Call, id: string): Promise<void>;
  /** Takes off a second factor that the person lost (I12). */
  resetSecondFactor(call: Call, id: string): Promise<void>;
  readPasswordReset(call: AnyCall, token: string): Promise<{ email: string; name: string }>;
  resetPassword(call: AnyCall, input: { token: string; password: string }): Promise<void>;
  listInvitations(call: Call, asked: PageAsked): Promise<Page<InvitationRow>>;
  invite(
    call: Call,
    input: { email: string; role: Role; groups: readonly string[] },
  ): Promise<{ invitation: InvitationRow; link: Secret }>;
  withdrawInvitation(call: Call, id: string): Promise<void>;
  readInvitation(
    call: AnyCall,
    token: string,
  ): Promise<{ email: string; organization: string; role: Role; accountExists: boolean }>;
  acceptInvitation(
    call: AnyCall,
    input: {
      token: string;
      name?: string | undefined;
      password: string;
      secondFactor?: string | undefined;
    },
  ): Promise<SignedIn>;
  createOrganization(call: Call, input: { name: string }): Promise<{ id: OrganizationId; name: string }>;
  changeOrganization(call: Call, input: { name: string }): Promise<{ id: OrganizationId; name: string }>;
}
