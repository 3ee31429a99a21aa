import { Uncompilable } from '@sallyport/connectors/language.ts';
import type { Effect, QueryDocument } from '@sallyport/contract';
import type { CompiledQuery } from '../compiled-query.ts';
import { outlineOf } from '../outline-of.ts';
import { refuse } from '../refusals.ts';

const STRENGTH: Readonly<Record<Effect, number>> = { read: 0, write: 1, schema: 2 };

/** A form that stays in memory is judged once. */
const judged = new WeakMap<CompiledQuery, string | null>();

/**
 * For a form of another compiler: earlier rules may have let through what today's refuse, or taken for a read what they take
 * for a write (Q5). That does not run, however long ago it was published; everything else runs on. `builder`: may see why.
 */
export async function assertAllowedToday(
  query: { readonly document: QueryDocument; readonly compiled: CompiledQuery },
  builder: () => boolean,
): Promise<void> {
  const { compiled } = query;
  let against = judged.get(compiled);
  if (against === undefined) {
    against = await judge(query);
    judged.set(compiled, against);
  }
  if (against !== null) throw refuse('query_outdated', builder() ? { detail: against } : {});
}

async function judge({ document, compiled }: Parameters<typeof assertAllowedToday>[0]) {
  try {
    const { effect } = await outlineOf(compiled.language, document);
    return STRENGTH[effect] <= STRENGTH[compiled.effect]
      ? null
      : `It was compiled as a ${compiled.effect}, but is a ${effect}.`;
  } catch (error) {
    if (error instanceof Uncompilable) return error.message;
    throw error;
  }
}
