/** A value in the middle of text: nothing for null, JSON for objects. */
export function textOf(
  value: unknown,
  json: (value: unknown) => string | undefined = JSON.stringify,
): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value === 'object') return json(value) ?? '';
  return String(value);
}
