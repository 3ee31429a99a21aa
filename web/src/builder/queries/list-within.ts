const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How deep APIs put their rows: `data.items`, `result.data.rows`. */
const DEEPEST = 3;

/** Where the rows of an API stand that answers an object around them: the only list of objects in it. */
export function listWithin(answer: unknown): string | undefined {
  const found: string[] = [];
  const look = (value: unknown, path: readonly string[]): void => {
    if (Array.isArray(value) && value.length > 0 && value.every(isRecord)) found.push(path.join('.'));
    if (!isRecord(value) || path.length === DEEPEST) return;
    // A name with a point in it cannot be written as a place.
    for (const [name, one] of Object.entries(value)) if (!name.includes('.')) look(one, [...path, name]);
  };
  if (isRecord(answer)) look(answer, []);
  return found.length === 1 ? found[0] : undefined;
}
