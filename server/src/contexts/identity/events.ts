import type { EventTable } from '../../kernel/registered.ts';

export const events = {
  'identity.owner_created': { summary: 'The installation got its owner', fields: {} },
  'identity.signed_in': {
    summary: 'A person signed in; with too many sessions, those unused the longest ended',
    fields: { secondFactor: 'public', ended: 'public' },
  },
  'identity.sign_in_refused': {
    summary: 'Somebody failed to sign in',
    fields: { reason: 'public', email: 'personal' },
  },
  'identity.sign_in_throttled': {
    summary: 'Somebody who failed too often went on trying; at most one record a minute and address',
    fields: { seconds: 'public', email: 'personal' },
  },
  'identity.setup_refused': { summary: 'Somebody came with a set-up link that is not valid', fields: {} },
  'identity.invitation_refused': {
    summary: 'Somebody came with an invitation that is not valid',
    fields: {},
  },
  'identity.signed_out': { summary: 'A person signed out', fields: {} },
  'identity.organization_switched': {
    summary: 'A person went on in another organization',
    fields: { direction: 'public' },
  },
  'identity.session_revoked': { summary: 'A person ended one of their sessions', fields: { kind: 'public' } },
  'identity.sessions_revoked': {
    summary: 'Every session of a person was ended',
    fields: { sessions: 'public' },
  },
  'identity.token_created': {
    summary: 'A person made an API token',
    fields: { label: 'personal', days: 'public' },
  },
  'identity.password_changed': {
    summary: 'A person changed the password; other sessions ended',
    fields: { sessions: 'public' },
  },
  'identity.second_factor_started': { summary: 'A person began to set up a second factor', fields: {} },
  'identity.second_factor_enabled': { summary: 'A person turned the second factor on', fields: {} },
  'identity.second_factor_removed': {
    summary: 'A person turned the second factor off; other sessions ended',
    fields: { sessions: 'public' },
  },
  'identity.second_factor_reset': {
    summary: 'Somebody else took a person’s second factor off; every session of theirs ended',
    fields: { sessions: 'public' },
  },
  'identity.password_reset_issued': {
    summary: 'A link to a new password was made for a person',
    fields: { hours: 'public' },
  },
  'identity.password_reset_withdrawn': {
    summary: 'A link to a new password was withdrawn',
    fields: {},
  },
  'identity.password_reset': {
    summary: 'A person chose a new password by a link; every session of theirs ended',
    fields: { sessions: 'public' },
  },
  'identity.password_reset_refused': {
    summary: 'Somebody came with a link to a new password that is not valid',
    fields: {},
  },
  'identity.person_changed': {
    summary: 'A person’s role, groups, attributes or access changed',
    fields: {
      role: 'public',
      groups: 'public',
      disabled: 'public',
      attributes: 'personal',
      sessions: 'public',
    },
  },
  'identity.invited': {
    summary: 'A person was invited',
    fields: { email: 'personal', role: 'public', groups: 'public' },
  },
  'identity.invitation_withdrawn': {
    summary: 'An invitation was withdrawn',
    fields: { email: 'personal', role: 'public' },
  },
  'identity.invitation_accepted': { summary: 'An invited person joined', fields: { role: 'public' } },
  'identity.organization_created': { summary: 'An organization was made', fields: { name: 'public' } },
  'identity.organization_changed': {
    summary: 'The organization was renamed',
    fields: { from: 'public', to: 'public' },
  },
} as const satisfies EventTable;
