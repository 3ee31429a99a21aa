import { z } from 'zod';
import { route } from './route.ts';
import { Email, Id, Instant, Name, Password, Role } from './values.ts';

const SetupToken = z.string().max(100);
/** Six digits, or a recovery code such as `7KQ2M-9FTX4`. */
const SecondFactor = z.string().trim().min(6).max(20);

/** Who is signed in, in which organization, and what they may do: the web app's first question. */
export const Me = z.strictObject({
  person: z.strictObject({ id: Id, name: z.string(), email: z.string() }),
  organization: z.strictObject({ id: Id, name: z.string() }),
  organizations: z.array(z.strictObject({ id: Id, name: z.string(), role: Role })),
  role: Role,
  groups: z.array(z.string()),
  attributes: z.record(z.string(), z.string()),
  /** Action ids that policy permits this person in this organization. */
  permissions: z.array(z.string()),
  /** To be sent back as `X-CSRF-Token` with every request of this session that is not a GET. */
  csrfToken: z.string(),
  secondFactor: z.boolean(),
  /** When an admin took this person's second factor off; null once there is one again. */
  secondFactorResetAt: Instant.nullable(),
  sessionId: Id,
});
export type Me = z.infer<typeof Me>;

export const SessionRow = z.strictObject({
  id: Id,
  kind: z.enum(['session', 'token']),
  /** The name that the person gave a token; null for a browser session. */
  label: z.string().nullable(),
  device: z.string(),
  address: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  current: z.boolean(),
});
export type SessionRow = z.infer<typeof SessionRow>;

export const setup = {
  getSetup: route({
    operationId: 'getSetup',
    method: 'GET',
    path: '/v1/setup',
    permission: 'public',
    audit: null,
    summary: 'Get whether the installation still needs its owner',
    response: z.strictObject({ needed: z.boolean() }),
  }),
  completeSetup: route({
    operationId: 'completeSetup',
    method: 'POST',
    path: '/v1/setup',
    permission: 'public',
    audit: 'identity.owner_created',
    status: 201,
    location: '/v1/session',
    summary: 'Create the owner and the first organization, once, with the printed link',
    body: z.strictObject({
      token: SetupToken,
      organization: Name,
      name: Name,
      email: Email,
      password: Password,
    }),
    response: Me,
  }),
};

export const session = {
  signIn: route({
    operationId: 'signIn',
    method: 'POST',
    path: '/v1/session',
    permission: 'public',
    audit: 'identity.signed_in',
    status: 201,
    summary: 'Sign in with e-mail and password, and the second factor when the account has one',
    body: z.strictObject({ email: Email, password: Password, secondFactor: SecondFactor.optional() }),
    response: Me,
  }),
  getMe: route({
    operationId: 'getMe',
    method: 'GET',
    path: '/v1/session',
    permission: 'signed-in',
    audit: null,
    summary: 'Get who is signed in, and what they may do',
    response: Me,
  }),
  signOut: route({
    operationId: 'signOut',
    method: 'DELETE',
    path: '/v1/session',
    permission: 'signed-in',
    audit: 'identity.signed_out',
    status: 204,
    summary: 'End this session',
    response: null,
  }),
  /** In a session alone: an API token is refused with `session_required`, and belongs to one organization. */
  switchOrganization: route({
    operationId: 'switchOrganization',
    method: 'PUT',
    path: '/v1/session/organization',
    permission: 'signed-in',
    audit: 'identity.organization_switched',
    summary: 'Act in another organization that the person belongs to',
    body: z.strictObject({ organizationId: Id }),
    response: Me,
  }),
};

export const account = {
  listMySessions: route({
    operationId: 'listMySessions',
    method: 'GET',
    path: '/v1/account/sessions',
    permission: 'signed-in',
    audit: null,
    summary: 'List your sessions and API tokens',
    response: z.strictObject({ items: z.array(SessionRow) }),
  }),
  revokeMySession: route({
    operationId: 'revokeMySession',
    method: 'DELETE',
    path: '/v1/account/sessions/:id',
    permission: 'signed-in',
    audit: 'identity.session_revoked',
    status: 204,
    summary: 'Revoke one of your sessions or tokens',
    params: z.strictObject({ id: Id }),
    response: null,
  }),
  createToken: route({
    operationId: 'createToken',
    method: 'POST',
    path: '/v1/account/tokens',
    permission: 'token:create',
    audit: 'identity.token_created',
    status: 201,
    location: '/v1/account/sessions/:id',
    summary: 'Create an API token that acts as you; it is shown once',
    body: z.strictObject({ label: Name, days: z.number().int().min(1).max(365).default(90) }),
    response: z.strictObject({ id: Id, token: z.string(), expiresAt: Instant }),
  }),
  changePassword: route({
    operationId: 'changePassword',
    method: 'PUT',
    path: '/v1/account/password',
    permission: 'signed-in',
    audit: 'identity.password_changed',
    status: 204,
    summary: 'Change your password; your other sessions end',
    body: z.strictObject({ current: Password, next: Password }),
    response: null,
  }),
  beginSecondFactor: route({
    operationId: 'beginSecondFactor',
    method: 'POST',
    path: '/v1/account/second-factor',
    permission: 'signed-in',
    audit: 'identity.second_factor_started',
    status: 201,
    summary: 'Start setting up an authenticator app; it takes effect once confirmed',
    body: z.strictObject({ password: Password }),
    response: z.strictObject({ secret: z.string(), uri: z.string() }),
  }),
  confirmSecondFactor: route({
    operationId: 'confirmSecondFactor',
    method: 'PUT',
    path: '/v1/account/second-factor',
    permission: 'signed-in',
    audit: 'identity.second_factor_enabled',
    summary: 'Confirm the second factor with a first code; returns the recovery codes, once',
    body: z.strictObject({ code: SecondFactor }),
    response: z.strictObject({ recoveryCodes: z.array(z.string()) }),
  }),
  removeSecondFactor: route({
    operationId: 'removeSecondFactor',
    method: 'DELETE',
    path: '/v1/account/second-factor',
    permission: 'signed-in',
    audit: 'identity.second_factor_removed',
    status: 204,
    summary: 'Turn your second factor off',
    body: z.strictObject({ password: Password, code: SecondFactor }),
    response: null,
  }),
};
