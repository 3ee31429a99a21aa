import type { EventTable } from '../../kernel/registered.ts';

export const events = {
  'sources.connected': {
    summary: 'A data source was connected',
    fields: {
      name: 'public',
      engine: 'public',
      mode: 'public',
      environments: 'public',
      origins: 'public',
      tls: 'public',
    },
  },
  'sources.changed': {
    summary: 'A data source was renamed, paused or resumed, or its access changed',
    fields: { before: 'public', after: 'public' },
  },
  'sources.removed': { summary: 'A data source was removed', fields: { name: 'public', engine: 'public' } },
  'sources.settings_changed': {
    summary: 'The address of a data source was changed',
    fields: {
      environment: 'public',
      origin: 'public',
      before: 'public',
      tls: 'public',
      credentialVoided: 'public',
    },
  },
  'sources.environment_removed': {
    summary: 'An environment of a data source was removed',
    fields: { environment: 'public' },
  },
  'sources.credential_set': {
    summary: 'A credential was saved',
    fields: { environment: 'public', kind: 'public', origin: 'public', version: 'public' },
  },
  'sources.tested': {
    summary: 'A connection was tested',
    fields: { environment: 'public', ok: 'public', code: 'public', rule: 'public' },
  },
  'sources.tried': {
    summary: 'A connection was tested before it was saved',
    fields: { origin: 'public', ok: 'public', code: 'public', rule: 'public' },
  },
} as const satisfies EventTable;
