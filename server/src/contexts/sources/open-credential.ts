import { Credential } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { Secret } from '../../kernel/secret.ts';
import type { Tx } from '../../platform/db/db.ts';
import type { SourcesDeps } from './deps.ts';
import { refuse } from './refusals.ts';
import { placeOf } from './seal-credential.ts';
import type { Source, SourceEnvironment } from './source.ts';

/**
 * Opens a credential in memory for the address that it is bound to. When the settings name another origin than was
 * sealed with it (somebody altered the row), it is not given out.
 */
export async function openCredential(
  deps: Pick<SourcesDeps, 'vault' | 'engines'>,
  tx: Tx,
  call: Call,
  source: Source,
  found: SourceEnvironment,
): Promise<Secret<Credential>> {
  const missing = () =>
    refuse('source_credential_missing', { values: { environment: found.environment, source: source.name } });
  if (found.credential === null) throw missing();
  const place = placeOf(source.organization, source.id, found.environment, found.credential.version);
  const opened = JSON.parse((await deps.vault.open(tx, place, found.credential.sealed, call)).reveal()) as {
    origin: string;
    credential: unknown;
  };
  if (opened.origin !== deps.engines.origin(found.settings)) throw missing();
  return new Secret(Credential.parse(opened.credential));
}
