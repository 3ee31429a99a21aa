import type { ConnectionSettings, Credential, EnvironmentName, SourceView } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { assertSettings, engineFixed } from './assert-settings.ts';
import type { SourcesDeps } from './deps.ts';
import { needEnvironment, needSource, targetOf } from './find.ts';
import { refuse } from './refusals.ts';
import { sealCredential } from './seal-credential.ts';
import { tlsOf } from './source.ts';
import {
  announce,
  deleteEnvironment,
  environmentsOf,
  findEnvironment,
  insertEnvironment,
  updateSettings,
} from './sources.store.ts';
import { viewOf } from './views.ts';

/** Sets the address of one environment, making it when absent. Another scheme, host or port voids the credential (S2). */
export async function setEnvironment(
  deps: SourcesDeps,
  call: Call,
  id: string,
  environment: EnvironmentName,
  settings: ConnectionSettings,
): Promise<SourceView> {
  deps.access.authorise(call, 'source:manage');
  assertSettings(settings);
  await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const source = await needSource(tx, id, true);
    if (settings.engine !== source.engine) throw engineFixed(source.engine);
    const before = await findEnvironment(tx, source.id, environment);
    const origin = deps.engines.origin(settings);
    const voids = before !== undefined && before.credential !== null && before.credential.origin !== origin;
    if (before === undefined) await insertEnvironment(tx, source, environment, settings);
    else await updateSettings(tx, source.id, environment, settings, voids);
    await deps.audit.record(tx, call, {
      event: 'sources.settings_changed',
      target: targetOf(source),
      data: {
        environment,
        origin,
        before: before === undefined ? null : deps.engines.origin(before.settings),
        tls: tlsOf(settings),
        credentialVoided: voids,
      },
    });
    await announce(tx, source);
  });
  return viewOf(deps, call, id);
}

/**
 * Seals a new credential; the one before cannot be opened any more. It is bound to the address that the connection has, so
 * it names the settings that it was given for: nobody's password goes to where somebody else has pointed meanwhile (S2).
 */
export async function setCredential(
  deps: SourcesDeps,
  call: Call,
  id: string,
  environment: EnvironmentName,
  { credential, settings }: { credential: Credential; settings?: ConnectionSettings | undefined },
): Promise<SourceView> {
  deps.access.authorise(call, 'source:manage');
  await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const source = await needSource(tx, id, true);
    const found = await needEnvironment(tx, source, environment);
    if (settings !== undefined && !isSamePlace(deps, settings, found.settings))
      throw refuse('source_address_changed');
    const sealed = await sealCredential(deps, tx, call, source, {
      environment,
      settings: found.settings,
      credential,
      version: found.credentialVersion + 1,
    });
    await deps.audit.record(tx, call, {
      event: 'sources.credential_set',
      target: targetOf(source),
      data: { environment, kind: sealed.kind, origin: sealed.origin, version: sealed.version },
    });
    await announce(tx, source);
  });
  return viewOf(deps, call, id);
}

/** Whether a credential goes to the same place, and as safely. */
function isSamePlace({ engines }: SourcesDeps, one: ConnectionSettings, other: ConnectionSettings): boolean {
  return engines.origin(one) === engines.origin(other) && tlsOf(one) === tlsOf(other);
}

export async function removeEnvironment(
  deps: SourcesDeps,
  call: Call,
  id: string,
  environment: EnvironmentName,
): Promise<SourceView> {
  deps.access.authorise(call, 'source:manage');
  await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const source = await needSource(tx, id, true);
    await needEnvironment(tx, source, environment);
    if ((await environmentsOf(tx, source.id)).length === 1) throw refuse('source_in_use');
    await deleteEnvironment(tx, source.id, environment);
    await deps.audit.record(tx, call, {
      event: 'sources.environment_removed',
      target: targetOf(source),
      data: { environment },
    });
    await announce(tx, source);
  });
  return viewOf(deps, call, id);
}
