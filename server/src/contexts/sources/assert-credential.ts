import type { Credential } from '@sallyport/contract';
import { belongsToConnection, isHeaderName, isHeaderValue } from './http-header.ts';
import { refuse } from './refusals.ts';
import { CREDENTIAL_KINDS, type Engine } from './source.ts';

/** A credential is of a kind that the engine takes, and adds nothing to a request but itself (S7). */
export function assertCredential(engine: Engine, credential: Credential): void {
  const kinds = CREDENTIAL_KINDS[engine];
  if (!kinds.includes(credential.kind))
    throw refuse('source_credential_unfit', {
      values: { engine, kind: credential.kind, kinds: kinds.join(', ') },
      places: [{ path: 'credential.kind', message: `One of: ${kinds.join(', ')}.` }],
    });
  if (credential.kind !== 'api-key' || credential.in !== 'header') return;
  if (belongsToConnection(credential.name))
    throw unfit('name', `${credential.name} belongs to the connection, and is no key.`);
  if (!isHeaderName(credential.name)) throw unfit('name', 'HTTP does not allow this.');
  if (!isHeaderValue(credential.value)) throw unfit('value', 'HTTP does not allow this.');
}

const unfit = (field: string, message: string) =>
  refuse('source_settings_unfit', { places: [{ path: `credential.${field}`, message }] });
