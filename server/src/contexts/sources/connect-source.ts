import {
  type ConnectionSettings,
  type Credential,
  type EnvironmentName,
  freeSlug,
  type SourceView,
  slugOf,
} from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import { newId, type SourceId } from '../../kernel/ids.ts';
import { takeTurns } from '../../platform/db/take-turns.ts';
import { assertCredential } from './assert-credential.ts';
import { assertSettings, engineFixed } from './assert-settings.ts';
import type { SourcesDeps } from './deps.ts';
import { targetOf } from './find.ts';
import { refuse } from './refusals.ts';
import { sealCredential } from './seal-credential.ts';
import { type Mode, tlsOf } from './source.ts';
import { insertEnvironment, insertSource, slugs } from './sources.store.ts';
import { viewOf } from './views.ts';

interface Input {
  readonly name: string;
  readonly mode: Mode;
  readonly environments: readonly {
    readonly environment: EnvironmentName;
    readonly settings: ConnectionSettings;
    readonly credential: Credential;
  }[];
}

/** Adds a data source with its first environments. It does not connect: a source that is down now can still be saved. */
export async function connectSource(deps: SourcesDeps, call: Call, input: Input): Promise<SourceView> {
  deps.access.authorise(call, 'source:manage');
  const engine = input.environments[0]?.settings.engine ?? 'postgres';
  input.environments.forEach(({ environment, settings, credential }, i) => {
    assertSettings(settings, `environments.${i}.`);
    assertCredential(settings, credential, `environments.${i}.`);
    if (input.environments.findIndex((one) => one.environment === environment) !== i)
      throw refuse('source_environment_repeated', {
        places: [{ path: `environments.${i}.environment`, message: 'Listed above already.' }],
      });
    if (settings.engine !== engine) throw engineFixed(engine, `environments.${i}.`);
  });
  const source = await deps.db.tenant(call.actor.organizationId, async (tx) => {
    await takeTurns(tx, 'sources');
    const made = {
      id: newId<SourceId>(),
      organization: call.actor.organizationId,
      name: input.name,
      slug: freeSlug(slugOf(input.name, 'source'), await slugs(tx)),
      engine,
      mode: input.mode,
      createdBy: call.actor.personId,
    };
    await insertSource(tx, made);
    const origins: Record<string, string> = {};
    for (const { environment, settings, credential } of input.environments) {
      await insertEnvironment(tx, made, environment, settings);
      origins[environment] = (
        await sealCredential(deps, tx, call, made, { environment, settings, credential, version: 1 })
      ).origin;
    }
    await deps.audit.record(tx, call, {
      event: 'sources.connected',
      target: targetOf(made),
      data: {
        name: made.name,
        engine,
        mode: made.mode,
        environments: input.environments.map((one) => one.environment),
        origins,
        tls: Object.fromEntries(input.environments.map((one) => [one.environment, tlsOf(one.settings)])),
      },
    });
    return made;
  });
  return viewOf(deps, call, source.id);
}
