import type { RelationName } from '../port.ts';

/** One text for a name as a statement writes it: `a.b` and a table that is called “a.b” are two. */
export const relationKey = ({ schema, name }: RelationName): string => `${schema ?? ''}\0${name}`;

/** Adds a name that may be there already: with all that is done to it in either place. */
export function addRelation(to: Map<string, RelationName>, named: RelationName): void {
  const key = relationKey(named);
  const changed = new Set([...(to.get(key)?.changed ?? []), ...(named.changed ?? [])]);
  to.set(key, changed.size === 0 ? named : { ...named, changed: [...changed] });
}
