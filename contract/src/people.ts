import { z } from 'zod';
import { atMost } from './at-most.ts';
import { route } from './route.ts';
import { Me, SessionRow } from './sign-in.ts';
import { Email, Group, Id, Instant, Name, Password, page, pageQueryOf, Role } from './values.ts';

const byId = z.strictObject({ id: Id });
const Attributes = atMost(
  20,
  'attributes',
  z.record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), z.string().max(200)),
);

export const PersonRow = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  groups: z.array(z.string()),
  attributes: z.record(z.string(), z.string()),
  disabled: z.boolean(),
  secondFactor: z.boolean(),
  lastSeenAt: Instant.nullable(),
  createdAt: Instant,
});
export type PersonRow = z.infer<typeof PersonRow>;

export const InvitationRow = z.strictObject({
  id: Id,
  email: z.string(),
  role: Role,
  groups: z.array(z.string()),
  invitedBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type InvitationRow = z.infer<typeof InvitationRow>;

/** A link to a new password that still opens. The link itself is shown once, to the one who made it. */
export const PasswordResetRow = z.strictObject({
  /** Null: made on the server's own machine. */
  issuedBy: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type PasswordResetRow = z.infer<typeof PasswordResetRow>;

/** Of an invitation, or of a link to a new password. One that was copied in part is a link that does not open, and no fault of form. */
const LinkToken = z.string().max(100);

/** A session with whose it is. */
export const PersonSessionRow = z.strictObject({
  ...SessionRow.shape,
  person: z.strictObject({ id: Id, name: z.string(), email: z.string() }),
});
export type PersonSessionRow = z.infer<typeof PersonSessionRow>;

export const people = {
  listPeople: route({
    operationId: 'listPeople',
    method: 'GET',
    path: '/v1/people',
    permission: 'person:read',
    audit: null,
    summary: 'List the people of the organization, newest first',
    query: z.strictObject({ ...pageQueryOf(Id) }),
    response: page(PersonRow),
  }),
  changePerson: route({
    operationId: 'changePerson',
    method: 'PATCH',
    path: '/v1/people/:id',
    permission: 'person:change',
    audit: 'identity.person_changed',
    summary:
      'Change a person’s role, groups or attributes, or disable them: their sessions in this organization end at once',
    params: byId,
    body: z.strictObject({
      role: Role.optional(),
      groups: z.array(Group).max(50).optional(),
      attributes: Attributes.optional(),
      disabled: z.boolean().optional(),
    }),
    response: PersonRow,
  }),
  listPersonSessions: route({
    operationId: 'listPersonSessions',
    method: 'GET',
    path: '/v1/people/:id/sessions',
    permission: 'person:read',
    audit: null,
    summary: 'List a person’s sessions',
    params: byId,
    response: z.strictObject({ items: z.array(SessionRow) }),
  }),
  listOrganizationSessions: route({
    operationId: 'listOrganizationSessions',
    method: 'GET',
    path: '/v1/sessions',
    permission: 'person:read',
    audit: null,
    summary: 'List the organization’s sessions and API tokens, newest first',
    query: z.strictObject({ ...pageQueryOf(Id) }),
    response: page(PersonSessionRow),
  }),
  revokePersonSessions: route({
    operationId: 'revokePersonSessions',
    method: 'DELETE',
    path: '/v1/people/:id/sessions',
    permission: 'person:change',
    audit: 'identity.sessions_revoked',
    status: 204,
    summary: 'End every session and token of a person in this organization',
    params: byId,
    response: null,
  }),
};

export const resets = {
  /** In a session alone: an API token is refused with `session_required`. */
  issuePasswordReset: route({
    operationId: 'issuePasswordReset',
    method: 'POST',
    path: '/v1/people/:id/password-reset',
    permission: 'person:reset',
    audit: 'identity.password_reset_issued',
    status: 201,
    summary:
      'Create a password reset link for a person; it is shown once, works once, and voids the one before',
    params: byId,
    response: z.strictObject({ link: z.string(), expiresAt: Instant }),
  }),
  readOpenPasswordReset: route({
    operationId: 'readOpenPasswordReset',
    method: 'GET',
    path: '/v1/people/:id/password-reset',
    permission: 'person:reset',
    audit: null,
    summary: 'Get who created a person’s open reset link, and until when it works',
    params: byId,
    response: z.strictObject({ reset: PasswordResetRow.nullable() }),
  }),
  /** In a session alone: an API token is refused with `session_required`. */
  withdrawPasswordReset: route({
    operationId: 'withdrawPasswordReset',
    method: 'DELETE',
    path: '/v1/people/:id/password-reset',
    permission: 'person:reset',
    audit: 'identity.password_reset_withdrawn',
    status: 204,
    summary: 'Withdraw a person’s open reset link',
    params: byId,
    response: null,
  }),
  /** In a session alone: an API token is refused with `session_required`. */
  resetSecondFactor: route({
    operationId: 'resetSecondFactor',
    method: 'DELETE',
    path: '/v1/people/:id/second-factor',
    permission: 'person:reset',
    audit: 'identity.second_factor_reset',
    status: 204,
    summary: 'Remove a second factor that a person lost; all their sessions end, and they are told',
    params: byId,
    response: null,
  }),
  readPasswordReset: route({
    operationId: 'readPasswordReset',
    method: 'POST',
    path: '/v1/password-reset/read',
    permission: 'public',
    audit: null,
    safe: true,
    summary: 'Get whose password a reset link is for',
    body: z.strictObject({ token: LinkToken }),
    response: z.strictObject({ email: z.string(), name: z.string() }),
  }),
  resetPassword: route({
    operationId: 'resetPassword',
    method: 'POST',
    path: '/v1/password-reset',
    permission: 'public',
    audit: 'identity.password_reset',
    status: 204,
    summary: 'Set a new password with a reset link; all sessions of the person end, and nobody is signed in',
    body: z.strictObject({ token: LinkToken, password: Password }),
    response: null,
  }),
};

export const invitations = {
  listInvitations: route({
    operationId: 'listInvitations',
    method: 'GET',
    path: '/v1/invitations',
    permission: 'person:invite',
    audit: null,
    summary: 'List open invitations, newest first',
    query: z.strictObject({ ...pageQueryOf(Id) }),
    response: page(InvitationRow),
  }),
  invite: route({
    operationId: 'invite',
    method: 'POST',
    path: '/v1/invitations',
    permission: 'person:invite',
    audit: 'identity.invited',
    status: 201,
    location: '/v1/invitations/:invitation.id',
    idempotent: true,
    summary: 'Invite a person; the link is shown once, for you to pass on',
    body: z.strictObject({ email: Email, role: Role, groups: z.array(Group).max(50).default([]) }),
    response: z.strictObject({ invitation: InvitationRow, link: z.string() }),
  }),
  withdrawInvitation: route({
    operationId: 'withdrawInvitation',
    method: 'DELETE',
    path: '/v1/invitations/:id',
    permission: 'person:invite',
    audit: 'identity.invitation_withdrawn',
    status: 204,
    summary: 'Withdraw an invitation',
    params: byId,
    response: null,
  }),
  readInvitation: route({
    operationId: 'readInvitation',
    method: 'POST',
    path: '/v1/invitations/read',
    permission: 'public',
    audit: null,
    safe: true,
    summary: 'Get what an invitation link is for',
    body: z.strictObject({ token: LinkToken }),
    response: z.strictObject({
      email: z.string(),
      organization: z.string(),
      role: Role,
      accountExists: z.boolean(),
    }),
  }),
  acceptInvitation: route({
    operationId: 'acceptInvitation',
    method: 'POST',
    path: '/v1/invitations/accept',
    permission: 'public',
    audit: 'identity.invitation_accepted',
    status: 201,
    location: '/v1/session',
    summary: 'Accept an invitation: a new person chooses a password, an existing one enters theirs',
    body: z.strictObject({
      token: LinkToken,
      name: Name.optional(),
      password: Password,
      secondFactor: z.string().max(20).optional(),
    }),
    response: Me,
  }),
};

export const organizations = {
  createOrganization: route({
    operationId: 'createOrganization',
    method: 'POST',
    path: '/v1/organizations',
    permission: 'organization:create',
    audit: 'identity.organization_created',
    status: 201,
    idempotent: true,
    summary: 'Create another organization, with you as its owner',
    body: z.strictObject({ name: Name }),
    response: z.strictObject({ id: Id, name: z.string() }),
  }),
  changeOrganization: route({
    operationId: 'changeOrganization',
    method: 'PATCH',
    path: '/v1/organization',
    permission: 'organization:change',
    audit: 'identity.organization_changed',
    summary: 'Rename this organization',
    body: z.strictObject({ name: Name }),
    response: z.strictObject({ id: Id, name: z.string() }),
  }),
};
