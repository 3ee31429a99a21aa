import { contract, type Me } from '@sallyport/contract';
import { type Binding, handle, type Wire } from '../../platform/http/binding.ts';
import type { Identity, SignedIn } from './door.ts';

const c = contract.identity;

export function routes(identity: Identity): Binding[] {
  return [...signInRoutes(identity), ...accountRoutes(identity), ...peopleRoutes(identity)];
}

function signInRoutes(identity: Identity): Binding[] {
  return [
    handle(c.getSetup, async () => ({ needed: await identity.isSetupNeeded() })),
    handle(c.completeSetup, async (call, { body }, wire) =>
      enter(wire, await identity.completeSetup(call, body)),
    ),
    handle(c.signIn, async (call, { body }, wire) => enter(wire, await identity.signIn(call, body))),
    handle(c.getMe, (call) => identity.me(call)),
    handle(c.signOut, async (call, _input, wire) => {
      await identity.signOut(call);
      wire.clearSession();
    }),
    handle(c.switchOrganization, async (call, { body }, wire) =>
      enter(wire, await identity.switchOrganization(call, body)),
    ),
    handle(c.readPasswordReset, (call, { body }) => identity.readPasswordReset(call, body.token)),
    handle(c.resetPassword, (call, { body }) => identity.resetPassword(call, body)),
    handle(c.readInvitation, (call, { body }) => identity.readInvitation(call, body.token)),
    handle(c.acceptInvitation, async (call, { body }, wire) =>
      enter(wire, await identity.acceptInvitation(call, body)),
    ),
  ];
}

function accountRoutes(identity: Identity): Binding[] {
  return [
    handle(c.listMySessions, async (call) => ({ items: await identity.listMySessions(call) })),
    handle(c.revokeMySession, (call, { params }) => identity.revokeMySession(call, params.id)),
    handle(c.createToken, async (call, { body }) => {
      const { id, token, expiresAt } = await identity.createToken(call, body);
      return { id, token: token.reveal(), expiresAt: expiresAt.toISOString() };
    }),
    handle(c.changePassword, (call, { body }) => identity.changePassword(call, body)),
    handle(c.beginSecondFactor, async (call, { body }) => {
      const { secret, uri } = await identity.beginSecondFactor(call, body);
      return { secret: secret.reveal(), uri };
    }),
    handle(c.confirmSecondFactor, async (call, { body }) => ({
      recoveryCodes: [...(await identity.confirmSecondFactor(call, body))],
    })),
    handle(c.removeSecondFactor, (call, { body }) => identity.removeSecondFactor(call, body)),
    handle(c.createOrganization, (call, { body }) => identity.createOrganization(call, body)),
    handle(c.changeOrganization, (call, { body }) => identity.changeOrganization(call, body)),
  ];
}

function peopleRoutes(identity: Identity): Binding[] {
  return [
    handle(c.listPeople, (call, { query }) => identity.listPeople(call, query)),
    handle(c.changePerson, (call, { params, body }) => identity.changePerson(call, params.id, body)),
    handle(c.listPersonSessions, async (call, { params }) => ({
      items: await identity.listPersonSessions(call, params.id),
    })),
    handle(c.listOrganizationSessions, (call, { query }) => identity.listOrganizationSessions(call, query)),
    handle(c.revokePersonSessions, (call, { params }) => identity.revokePersonSessions(call, params.id)),
    handle(c.issuePasswordReset, async (call, { params }) => {
      const { link, expiresAt } = await identity.issuePasswordReset(call, params.id);
      return { link: link.reveal(), expiresAt: expiresAt.toISOString() };
    }),
    handle(c.readOpenPasswordReset, async (call, { params }) => ({
      reset: await identity.readOpenPasswordReset(call, params.id),
    })),
    handle(c.withdrawPasswordReset, (call, { params }) => identity.withdrawPasswordReset(call, params.id)),
    handle(c.resetSecondFactor, (call, { params }) => identity.resetSecondFactor(call, params.id)),
    handle(c.listInvitations, (call, { query }) => identity.listInvitations(call, query)),
    handle(c.invite, async (call, { body }) => {
      const { invitation, link } = await identity.invite(call, body);
      return { invitation, link: link.reveal() };
    }),
    handle(c.withdrawInvitation, (call, { params }) => identity.withdrawInvitation(call, params.id)),
  ];
}

/** The cookie is the only place where the token goes. */
function enter(wire: Wire, { opened, me }: SignedIn): Me {
  wire.setSession(opened.token, opened.seconds);
  return me;
}
