import { relationKey } from '@sallyport/connectors/language/relation-key.ts';
import type { Outline } from '@sallyport/connectors/language.ts';
import type { RelationColumns } from '@sallyport/connectors/port.ts';
import type { EnvironmentName } from '@sallyport/contract';
import type { Call } from '../../kernel/call.ts';
import type { SourceId } from '../../kernel/ids.ts';
import type { Pools } from './pools.ts';
import { sourceRefusal } from './source-refusal.ts';

/**
 * What the engine now understands under each table that a query names: for the columns touched (Q5), and for the key of its
 * rows (Q17). Asked of the engine and not of the catalog that is kept: that one may be older than the table, and knows no search path.
 */
export async function relationsOf(
  deps: { readonly pools: Pools },
  call: Call,
  source: SourceId,
  environment: EnvironmentName,
  outline: Outline,
): Promise<ReadonlyMap<string, RelationColumns>> {
  const known = new Map<string, RelationColumns>();
  if (outline.relations.length === 0) return known;
  const { pool } = await deps.pools.open(call, source, environment);
  const answers = await pool.relations(outline.relations, call.actor.personId).catch((error: unknown) => {
    throw sourceRefusal(error, true);
  });
  for (const [i, name] of outline.relations.entries()) {
    const answer = answers[i];
    if (answer != null) known.set(relationKey(name), answer);
  }
  return known;
}
