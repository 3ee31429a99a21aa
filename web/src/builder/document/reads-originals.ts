import type { AppPages, Draft } from '@sallyport/contract';
import { namesIn } from './names-in.ts';
import { usesOfQuery } from './uses-of-query.ts';

/**
 * The queries that copies use and that read what was copied: a copied form that saves would save what stands in the first.
 * `names`: which id each component of the copies had, and has.
 */
export function readsOriginals(
  document: AppPages,
  queries: Draft['queries'],
  names: ReadonlyMap<string, string>,
): { readonly queries: string[]; readonly originals: string[] } {
  const copied = [...names].filter(([from, to]) => from !== to);
  const copies = new Set(names.values());
  const found = Object.entries(queries).flatMap(([query, { document: own }]) => {
    const read = new Set(namesIn(own));
    const originals = copied.flatMap(([from]) => (read.has(from) ? [from] : []));
    const used = originals.length > 0 && usesOfQuery(document, queries, query).some((id) => copies.has(id));
    return used ? [{ query, originals }] : [];
  });
  return {
    queries: found.map(({ query }) => query),
    originals: [...new Set(found.flatMap(({ originals }) => originals))],
  };
}
