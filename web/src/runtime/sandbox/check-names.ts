import type { Use } from './analyse-expression.ts';
import type { Roots } from './messages.ts';
import { nearestName } from './nearest-name.ts';

const meant = (name: string, names: readonly string[]): string => {
  const near = nearestName(name, names);
  return near === undefined ? '' : ` Did you mean “${near}”?`;
};

/** A sentence on the first name that does not exist, or null. */
export function checkNames(uses: readonly Use[], roots: Roots): string | null {
  for (const { root, property } of uses) {
    if (!Object.hasOwn(roots, root)) {
      return `“${root}” does not exist in this app.${meant(root, Object.keys(roots))}`;
    }
    const known = roots[root];
    if (property !== null && known && !known.includes(property)) {
      return `${root} has no “${property}”.${meant(property, known)}`;
    }
  }
  return null;
}
