import type { ConnectionSettings, Credential, EnvironmentName } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { OrganizationId, SourceId } from '../../kernel/ids.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { SealedPlace } from '../vault/index.ts';
import { assertCredential } from './assert-credential.ts';
import type { SourcesDeps } from './deps.ts';
import { credentialUser, type SealedCredential, type Source } from './source.ts';
import { putCredential } from './sources.store.ts';

/** Where a credential stands, for the vault. The row names the environment too: a credential opens in its own only. */
export function placeOf(
  organization: OrganizationId,
  id: SourceId,
  environment: EnvironmentName,
  version: number,
): SealedPlace {
  return {
    organization,
    table: 'source_environments',
    row: `${id}/${environment}`,
    field: 'credential',
    version,
  };
}

/** S1, S2: seals a credential under its next version, bound to the origin of these settings. */
export async function sealCredential(
  deps: Pick<SourcesDeps, 'vault' | 'engines'>,
  tx: Tx,
  call: Call,
  source: Pick<Source, 'id' | 'organization' | 'engine'>,
  given: {
    environment: EnvironmentName;
    settings: ConnectionSettings;
    credential: Credential;
    version: number;
  },
): Promise<Omit<SealedCredential, 'setAt'>> {
  assertCredential(given.settings, given.credential);
  const origin = deps.engines.origin(given.settings);
  const place = placeOf(source.organization, source.id, given.environment, given.version);
  // The origin is sealed with it: a row whose settings were altered in the database does not get the credential sent elsewhere.
  const sealed = await deps.vault.seal(
    tx,
    place,
    new Secret(JSON.stringify({ origin, credential: given.credential })),
  );
  const kept = {
    sealed,
    version: given.version,
    kind: given.credential.kind,
    user: credentialUser(given.credential),
    origin,
    setBy: call.actor.personId,
  };
  await putCredential(tx, source.id, given.environment, kept);
  return kept;
}
