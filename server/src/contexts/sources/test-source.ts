import type {
  ConnectionSettings,
  Credential,
  EnvironmentName,
  SourceEnvironmentView,
} from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { Secret } from '../../kernel/secret.ts';
import { assertCredential } from './assert-credential.ts';
import { assertSettings } from './assert-settings.ts';
import type { SourcesDeps, TestDeps } from './deps.ts';
import { failureOf } from './failure-words.ts';
import { needEnvironment, needSource, targetOf } from './find.ts';
import { openCredential } from './open-credential.ts';
import type { Mode, Status } from './source.ts';
import { putStatus } from './sources.store.ts';
import { environmentView, viewOf } from './views.ts';

/** Connects, reads version and privileges, and keeps the outcome as the status (S6). A failure is an answer, not an error. */
export async function testSource(
  deps: TestDeps,
  call: Call,
  id: string,
  environment: EnvironmentName,
  signal: AbortSignal,
): Promise<SourceEnvironmentView> {
  deps.access.authorise(call, 'source:read');
  const { organizationId } = call.actor;
  const { source, found, credential } = await deps.db.tenant(organizationId, async (tx) => {
    const one = await needSource(tx, id);
    const environmentFound = await needEnvironment(tx, one, environment);
    return {
      source: one,
      found: environmentFound,
      credential: await openCredential(deps, tx, call, one, environmentFound),
    };
  });
  const status = await deps.inTurn(call.actor.personId, () =>
    probe(deps, { settings: found.settings, credential, mode: source.mode }, signal),
  );
  await deps.db.tenant(organizationId, async (tx) => {
    await putStatus(tx, source.id, environment, found.version, status);
    await deps.audit.record(tx, call, {
      event: 'sources.tested',
      outcome: status.ok ? 'allowed' : 'failed',
      target: targetOf(source),
      data: {
        environment,
        ok: status.ok,
        code: status.error?.code ?? null,
        rule: status.egress?.rule ?? null,
      },
    });
  });
  return environmentView(await viewOf(deps, call, id), environment);
}

/** Tries settings and a credential that are not saved. */
export async function tryConnection(
  deps: TestDeps,
  call: Call,
  input: { mode: Mode; settings: ConnectionSettings; credential: Credential },
  signal: AbortSignal,
): Promise<Status> {
  deps.access.authorise(call, 'source:manage');
  assertSettings(input.settings);
  assertCredential(input.settings, input.credential);
  const status = await deps.inTurn(call.actor.personId, () =>
    probe(deps, { ...input, credential: new Secret(input.credential) }, signal),
  );
  await deps.db.tenant(call.actor.organizationId, (tx) =>
    deps.audit.record(tx, call, {
      event: 'sources.tried',
      outcome: status.ok ? 'allowed' : 'failed',
      data: {
        origin: deps.engines.origin(input.settings),
        ok: status.ok,
        code: status.error?.code ?? null,
        rule: status.egress?.rule ?? null,
      },
    }),
  );
  return status;
}

async function probe(
  deps: SourcesDeps,
  target: Parameters<SourcesDeps['engines']['probe']>[0],
  signal: AbortSignal,
): Promise<Status> {
  const checkedAt = new Date().toISOString();
  const egress = await deps.engines.egress(target.settings);
  const nothing = { checkedAt, ok: false, serverVersion: null, latencyMs: null, privileges: null, egress };
  const began = performance.now();
  try {
    const found = await deps.engines.probe(target, signal);
    return {
      ...nothing,
      ok: true,
      ...found,
      latencyMs: Math.round((performance.now() - began) * 10) / 10,
      error: null,
    };
  } catch (error) {
    return { ...nothing, error: failureOf(error) };
  }
}
