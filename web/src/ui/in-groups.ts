const MOST_EACH = 12;

/** What was found, best first, in its groups: some of each, so that a thousand apps leave room for what else there is. */
export function inGroups<T extends { readonly group: string }>(found: readonly T[]) {
  const groups = Map.groupBy(found, (one) => one.group);
  let from = 0;
  return [...groups].map(([group, all]) => {
    const shown = all.slice(0, MOST_EACH);
    const placed = { group, shown, more: all.length - shown.length, from };
    from += shown.length;
    return placed;
  });
}
