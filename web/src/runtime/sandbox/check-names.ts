import type { Use } from './analyse-expression.ts';
import type { Roots } from './messages.ts';
import { nearestName } from './nearest-name.ts';
import { calledHere, insteadOf, isDeed, ONLY_COMPUTE } from './other-names.ts';

const meant = (near: string | undefined): string => (near === undefined ? '' : ` Did you mean “${near}”?`);

/** A sentence on the first name that does not exist, or null. */
export function checkNames(uses: readonly Use[], roots: Roots): string | null {
  for (const { root, property } of uses) {
    if (!Object.hasOwn(roots, root)) {
      const instead = insteadOf(root);
      const hint = instead === undefined ? meant(nearestName(root, Object.keys(roots))) : ` ${instead}`;
      return `“${root}” does not exist in this app.${hint}`;
    }
    const known = roots[root];
    if (property !== null && known && !known.includes(property)) {
      const hint = isDeed(property)
        ? ` ${ONLY_COMPUTE}`
        : meant(calledHere(property, known) ?? nearestName(property, known));
      return `${root} has no “${property}”.${hint}`;
    }
  }
  return null;
}
