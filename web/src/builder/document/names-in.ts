import { findHoles } from './holes.ts';
import { referencesOf } from './references.ts';

/** The names that the expressions in a JSON value read, however deep they stand. */
export function namesIn(value: unknown): string[] {
  if (typeof value === 'string')
    return findHoles(value).flatMap((hole) => referencesOf(hole.expression).map((one) => one.name));
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namesIn) : [];
}
