import { argumentStem, type QueryDocument } from '@sallyport/contract';
import { findHoles } from './holes.ts';

/**
 * The document without the settings of arguments that no hole of it gives any more, and of those that became a choice: the
 * server takes neither. What stands open keeps them, so that an argument that returns is as it was.
 */
export function withSettingsInUse<D extends QueryDocument>(document: D): D {
  const { arguments: settings, ...rest } = document;
  const choices = document.kind === 'sql' ? document.choices : {};
  const stems = stemsIn(rest);
  // Of expressions with the same stem, each further one has a number behind it.
  const used = Object.entries(settings).filter(
    ([name]) => !Object.hasOwn(choices, name) && (stems.has(name) || stems.has(name.replace(/_\d+$/, ''))),
  );
  return used.length === Object.keys(settings).length
    ? document
    : { ...document, arguments: Object.fromEntries(used) };
}

/** What the arguments of the holes in any text of a value may be named after; a literal is named so. */
function stemsIn(value: unknown): ReadonlySet<string> {
  if (typeof value === 'string')
    return new Set(findHoles(value).flatMap((hole) => [argumentStem(hole.expression.trim()), 'literal']));
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(Object.values(value).flatMap((item) => [...stemsIn(item)]));
}
