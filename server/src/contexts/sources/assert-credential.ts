import type { ConnectionSettings, Credential } from '@sallyport/contract';
import {
  belongsToConnection,
  changesMethod,
  isHeaderName,
  isHeaderValue,
  NO_HEADER_VALUE,
} from './http-header.ts';
import { refuse } from './refusals.ts';
import { CREDENTIAL_KINDS } from './source.ts';

type Unfit = (field: string, message: string) => Error;

/** A credential is of a kind that the engine takes, and adds nothing to a request but itself (S7). `within` as for settings. */
export function assertCredential(settings: ConnectionSettings, credential: Credential, within = ''): void {
  const unfit: Unfit = (field, message) =>
    refuse('source_settings_unfit', { places: [{ path: `${within}credential.${field}`, message }] });
  const { engine } = settings;
  const kinds = CREDENTIAL_KINDS[engine];
  if (!kinds.includes(credential.kind))
    throw refuse('source_credential_unfit', {
      values: { engine, kind: credential.kind, kinds: kinds.join(', ') },
      places: [{ path: `${within}credential.kind`, message: `One of: ${kinds.join(', ')}.` }],
    });
  if (settings.engine === 'rest' && credential.kind === 'oauth2-client-credentials')
    assertTokenUrl(new URL(settings.baseUrl), new URL(credential.tokenUrl), unfit);
  if (credential.kind === 'bearer' && !isHeaderValue(credential.token)) throw unfit('token', NO_HEADER_VALUE);
  if (credential.kind === 'bearer' && /^\s*bearer\s/i.test(credential.token))
    throw unfit('token', 'Enter the token alone. The word Bearer is sent before it.');
  if (credential.kind !== 'api-key' || credential.in !== 'header') return;
  if (belongsToConnection(credential.name) || changesMethod(credential.name))
    throw unfit('name', `${credential.name} belongs to the request itself and cannot be the key.`);
  if (!isHeaderName(credential.name)) throw unfit('name', 'This is not valid in HTTP.');
  if (!isHeaderValue(credential.value)) throw unfit('value', NO_HEADER_VALUE);
}

/** What is sealed is in no view: a secret that leaves in the clear, though the API is asked over TLS, nobody would see (S5). */
function assertTokenUrl(base: URL, token: URL, unfit: Unfit): void {
  if (token.username !== '' || token.password !== '')
    throw unfit(
      'tokenUrl',
      'Enter only the scheme, host, port and path. The client secret has its own field.',
    );
  if (base.protocol === 'https:' && token.protocol !== 'https:')
    throw unfit('tokenUrl', 'The API uses HTTPS, so the token URL must use it too.');
}
