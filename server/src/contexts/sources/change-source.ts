import type { SourceView } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { SourcesDeps } from './deps.ts';
import { needSource, targetOf } from './find.ts';
import type { Mode, Source } from './source.ts';
import { announce, deleteSource, updateSource } from './sources.store.ts';
import { viewOf } from './views.ts';

/** Renames, pauses, resumes or changes the mode; what is absent stays. A pause ends runs that are going on (S3). */
export async function changeSource(
  deps: SourcesDeps,
  call: Call,
  id: string,
  input: { name?: string | undefined; mode?: Mode | undefined; paused?: boolean | undefined },
): Promise<SourceView> {
  deps.access.authorise(call, 'source:manage');
  await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const before = await needSource(tx, id, true);
    const after = {
      ...before,
      name: input.name ?? before.name,
      mode: input.mode ?? before.mode,
      paused: input.paused ?? before.paused,
    };
    await updateSource(tx, after);
    await deps.audit.record(tx, call, {
      event: 'sources.changed',
      target: targetOf(after),
      data: { before: settingsOf(before), after: settingsOf(after) },
    });
    await announce(tx, before);
  });
  return viewOf(deps, call, id);
}

const settingsOf = ({ name, mode, paused }: Source) => ({ name, mode, paused });

/** Removes a source with its sealed credentials. Queries that used it are refused from now on, with a message that says so. */
export async function removeSource(deps: SourcesDeps, call: Call, id: string): Promise<void> {
  deps.access.authorise(call, 'source:manage');
  await deps.db.tenant(call.actor.organizationId, async (tx) => {
    const source = await needSource(tx, id, true);
    await deleteSource(tx, source.id);
    await deps.audit.record(tx, call, {
      event: 'sources.removed',
      target: targetOf(source),
      data: { name: source.name, engine: source.engine },
    });
    await announce(tx, source);
  });
}
