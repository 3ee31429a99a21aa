/** A value in the middle of text: nothing for null, JSON for objects. */
export function textOf(
  value: unknown,
  json: (value: unknown) => string | undefined = JSON.stringify,
): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return json(value) ?? '';
  return String(value);
}
