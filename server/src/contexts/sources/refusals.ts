import { refusals } from '../../kernel/refusal.ts';

export const refuse = refusals({
  source_not_found: {
    status: 404,
    title: 'There is no such data source.',
    next: 'It may have been removed. Ask an admin to look under Data sources.',
  },
  source_environment_not_found: {
    status: 404,
    title: 'This data source has no {environment} connection.',
    next: 'Ask an admin to add one under Data sources.',
  },
  source_environment_repeated: {
    status: 422,
    title: 'An environment is named twice.',
    next: 'Name each of development, staging and production at most once.',
  },
  source_engine_fixed: {
    status: 422,
    title: 'The engine of a data source cannot be changed.',
    next: 'Connect another data source for another engine.',
  },
  source_settings_unfit: {
    status: 422,
    title: 'These settings cannot be used.',
    next: 'Correct the named field.',
  },
  source_credential_unfit: {
    status: 422,
    title: 'A {engine} source does not sign in with {kind}.',
    next: 'Choose one of: {kinds}.',
  },
  source_address_changed: {
    status: 409,
    title: 'The address of this connection, or its TLS, changed in the meantime. Nothing was saved.',
    next: 'Check both, and enter the credential again if it is meant for them.',
  },
  source_credential_missing: {
    status: 409,
    title: 'The {environment} connection of {source} has no credential.',
    next: 'Ask an admin to set one under Data sources.',
  },
  source_paused: {
    status: 409,
    title: '{source} is paused.',
    next: 'Ask an admin to resume it under Data sources.',
  },
  source_tests_busy: {
    status: 429,
    title: 'Too many of your connection tests are running.',
    next: 'Wait for one of them to finish and try again.',
  },
  source_in_use: {
    status: 409,
    title: 'The last environment cannot be removed.',
    next: 'Remove the data source instead.',
  },
});
