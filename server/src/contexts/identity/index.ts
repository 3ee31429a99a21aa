import { systemClock } from '../../kernel/clock.ts';
import type { Notifications } from '../../platform/db/notifications.ts';
import { acceptInvitation, readInvitation } from './accept-invitation.ts';
import { isOperator } from './accounts.store.ts';
import { createAuthenticator } from './authenticate.ts';
import { beginSecondFactor } from './begin-second-factor.ts';
import { changePassword } from './change-password.ts';
import { changePerson } from './change-person.ts';
import { confirmSecondFactor } from './confirm-second-factor.ts';
import { createToken } from './create-token.ts';
import type { Deps } from './deps.ts';
import type { Identity, SignedIn } from './door.ts';
import { invite } from './invite.ts';
import { issuePasswordReset } from './issue-password-reset.ts';
import { listInvitations } from './list-invitations.ts';
import { listPeople } from './list-people.ts';
import { readMe } from './me.ts';
import { listMySessions, revokeMySession } from './my-sessions.ts';
import { createOnceAWhile } from './once-a-while.ts';
import type { OpenedSession } from './open-session.ts';
import { changeOrganization, createOrganization } from './organization.ts';
import { createPasswordHasher } from './password-hash.ts';
import { createPasswordRules } from './password-rules.ts';
import { findMember, findMembers } from './people.store.ts';
import { listOrganizationSessions, listPersonSessions, revokePersonSessions } from './person-sessions.ts';
import { refuse } from './refusals.ts';
import { removeSecondFactor } from './remove-second-factor.ts';
import { readPasswordReset, resetPassword } from './reset-password.ts';
import { resetSecondFactor } from './reset-second-factor.ts';
import { CHANNEL, createRevocations, type IdentityChange } from './revocations.ts';
import { SESSION_LIMITS } from './session.ts';
import { completeSetup, isSetupNeeded, newSetupToken } from './set-up.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { sweep } from './sweep.ts';
import { switchOrganization } from './switch-organization.ts';
import { withdrawInvitation } from './withdraw-invitation.ts';
import { readOpenPasswordReset, withdrawPasswordReset } from './withdraw-password-reset.ts';

export { actions } from './actions.ts';
export type { Identity, SignedIn } from './door.ts';
export { events } from './events.ts';
export { recover } from './recover.ts';
export { refuse } from './refusals.ts';
export { routes } from './routes.ts';
export { totpSecrets } from './totp-secrets.ts';

/** What identity needs of the rest; the clock, the limits and the hasher have defaults. */
export type IdentityDeps = Pick<Deps, 'db' | 'audit' | 'vault' | 'baseUrl' | 'permissionsOf'> &
  Partial<Pick<Deps, 'clock' | 'limits' | 'hasher'>> & { readonly notifications: Notifications };

const SWEEP_EVERY_MS = 3_600_000;

/** Composes the context. */
export async function createIdentity(given: IdentityDeps): Promise<Identity> {
  const deps: Deps = {
    ...given,
    clock: given.clock ?? systemClock,
    limits: given.limits ?? SESSION_LIMITS,
    hasher: given.hasher ?? (await createPasswordHasher()),
    passwords: createPasswordRules(),
    firstInAWhile: createOnceAWhile(60_000),
  };
  const revocations = createRevocations();
  const authenticator = await createAuthenticator({
    ...deps,
    notifications: given.notifications,
    revocations,
  });
  // Failing once is harmless: what is over is refused anyway, and the next hour comes.
  const sweeping = setInterval(() => void sweep(deps).catch(() => undefined), SWEEP_EVERY_MS);
  sweeping.unref();
  const signedIn = async (opened: OpenedSession): Promise<SignedIn> => ({
    opened,
    me: await readMe(deps, opened.actor),
  });
  return {
    authenticate: authenticator.authenticate,
    onRevoked: revocations.watch,
    setupToken: () => newSetupToken(deps),
    names: async (organization, ids) => {
      const found = await deps.db.tenant(organization, (tx) => findMembers(tx, ids));
      return new Map(found.map(({ id, name, email }) => [id, { name, email }]));
    },
    actorOf: async (organization, person) => {
      const found = await deps.db.tenant(organization, (tx) => findMember(tx, person));
      if (found === undefined) throw refuse('person_not_found');
      const { role, groups, disabled } = found;
      const operator = await deps.db.system('who operates the installation', (tx) =>
        isOperator(tx, organization),
      );
      return { actor: { organizationId: organization, role, groups, operator }, disabled };
    },
    onRightsChanged: (listener) =>
      given.notifications.listen(CHANNEL, {
        message: (text) => {
          const change = JSON.parse(text) as IdentityChange;
          if (change.kind === 'changed') listener(change.organization ?? null);
        },
        lost: () => undefined,
        restored: () => listener(null),
      }),
    close: async () => {
      clearInterval(sweeping);
      await authenticator.close();
    },
    isSetupNeeded: () => isSetupNeeded(deps),
    completeSetup: async (call, input) => signedIn(await completeSetup(deps, call, input)),
    signIn: async (call, input) => signedIn(await signIn(deps, call, input)),
    me: (call) => readMe(deps, call.actor),
    signOut: (call) => signOut(deps, call),
    switchOrganization: async (call, input) => signedIn(await switchOrganization(deps, call, input)),
    listMySessions: (call) => listMySessions(deps, call),
    revokeMySession: (call, id) => revokeMySession(deps, call, id),
    createToken: (call, input) => createToken(deps, call, input),
    changePassword: (call, input) => changePassword(deps, call, input),
    beginSecondFactor: (call, input) => beginSecondFactor(deps, call, input),
    confirmSecondFactor: (call, input) => confirmSecondFactor(deps, call, input),
    removeSecondFactor: (call, input) => removeSecondFactor(deps, call, input),
    listPeople: (call, asked) => listPeople(deps, call, asked),
    changePerson: (call, id, change) => changePerson(deps, call, id, change),
    listPersonSessions: (call, id) => listPersonSessions(deps, call, id),
    listOrganizationSessions: (call, asked) => listOrganizationSessions(deps, call, asked),
    revokePersonSessions: (call, id) => revokePersonSessions(deps, call, id),
    issuePasswordReset: (call, id) => issuePasswordReset(deps, call, id),
    readOpenPasswordReset: (call, id) => readOpenPasswordReset(deps, call, id),
    withdrawPasswordReset: (call, id) => withdrawPasswordReset(deps, call, id),
    resetSecondFactor: (call, id) => resetSecondFactor(deps, call, id),
    readPasswordReset: (call, token) => readPasswordReset(deps, call, token),
    resetPassword: (call, input) => resetPassword(deps, call, input),
    listInvitations: (call, asked) => listInvitations(deps, call, asked),
    invite: (call, input) => invite(deps, call, input),
    withdrawInvitation: (call, id) => withdrawInvitation(deps, call, id),
    readInvitation: (call, token) => readInvitation(deps, call, token),
    acceptInvitation: async (call, input) => signedIn(await acceptInvitation(deps, call, input)),
    createOrganization: (call, input) => createOrganization(deps, call, input),
    changeOrganization: (call, input) => changeOrganization(deps, call, input),
  };
}
