import type { EventTable } from '../../kernel/registered.ts';

export const events = {
  'identity.owner_created': { summary: 'The owner of the installation was created', fields: {} },
  'identity.signed_in': {
    summary: 'A person signed in. If they had too many sessions, the least recently used ended',
    fields: { secondFactor: 'public', ended: 'public' },
  },
  'identity.sign_in_refused': {
    summary: 'A sign-in failed',
    fields: { reason: 'public', email: 'personal' },
  },
  'identity.sign_in_throttled': {
    summary: 'Repeated failed sign-ins continued. Recorded at most once a minute per address',
    fields: { seconds: 'public', email: 'personal' },
  },
  'identity.setup_refused': { summary: 'An invalid setup link was used', fields: {} },
  'identity.invitation_refused': {
    summary: 'An invalid invitation was used',
    fields: {},
  },
  'identity.signed_out': { summary: 'A person signed out', fields: {} },
  'identity.organization_switched': {
    summary: 'A person switched to another organization',
    fields: { direction: 'public' },
  },
  'identity.session_revoked': { summary: 'A person ended one of their sessions', fields: { kind: 'public' } },
  'identity.sessions_revoked': {
    summary: 'All sessions of a person were ended',
    fields: { sessions: 'public' },
  },
  'identity.token_created': {
    summary: 'A person created an API token',
    fields: { label: 'personal', days: 'public' },
  },
  'identity.password_changed': {
    summary: 'A person changed their password and was signed out elsewhere',
    fields: { sessions: 'public' },
  },
  'identity.second_factor_started': {
    summary: 'A person started setting up two-factor authentication',
    fields: {},
  },
  'identity.second_factor_enabled': { summary: 'A person turned on two-factor authentication', fields: {} },
  'identity.second_factor_removed': {
    summary: 'A person turned off two-factor authentication and was signed out elsewhere',
    fields: { sessions: 'public' },
  },
  'identity.second_factor_reset': {
    summary: 'Two-factor authentication was removed for a person and they were signed out',
    fields: { sessions: 'public' },
  },
  'identity.password_reset_issued': {
    summary: 'A password reset link was created',
    fields: { hours: 'public' },
  },
  'identity.password_reset_withdrawn': {
    summary: 'A password reset link was revoked',
    fields: {},
  },
  'identity.password_reset': {
    summary: 'A person reset their password with a link and was signed out everywhere',
    fields: { sessions: 'public' },
  },
  'identity.password_reset_refused': {
    summary: 'An invalid password reset link was used',
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
    summary: 'An invitation was revoked',
    fields: { email: 'personal', role: 'public' },
  },
  'identity.invitation_accepted': { summary: 'An invited person joined', fields: { role: 'public' } },
  'identity.organization_created': { summary: 'An organization was created', fields: { name: 'public' } },
  'identity.organization_changed': {
    summary: 'The organization was renamed',
    fields: { from: 'public', to: 'public' },
  },
} as const satisfies EventTable;
