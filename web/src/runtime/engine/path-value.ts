/** What stands at a path of own properties; undefined where something on the way is empty. */
export function pathValue(from: unknown, path: readonly string[]): unknown {
  let at = from;
  for (const key of path) {
    if (at === null || at === undefined || !Object.hasOwn(Object(at), key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
