import type { EnvironmentName } from '@sallyport/contract';
import type { SourceId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/db.ts';
import { refuse } from './refusals.ts';
import type { Source, SourceEnvironment } from './source.ts';
import { findEnvironment, findSource } from './sources.store.ts';

/** S4: row-level security shows only the organization's own, so unknown and foreign are one answer. */
export async function needSource(tx: Tx, id: string, lock = false): Promise<Source> {
  const source = await findSource(tx, id as SourceId, lock);
  if (source === undefined) throw refuse('source_not_found');
  return source;
}

export async function needEnvironment(
  tx: Tx,
  source: Source,
  environment: EnvironmentName,
): Promise<SourceEnvironment> {
  const found = await findEnvironment(tx, source.id, environment);
  if (found === undefined) throw refuse('source_environment_not_found', { values: { environment } });
  return found;
}

export function targetOf(source: Pick<Source, 'id' | 'name'>): { kind: string; id: string; name: string } {
  return { kind: 'source', id: source.id, name: source.name };
}
