import { shownText } from './shown-text.ts';

export interface Option {
  /** The value as the document or the rows have it. */
  readonly value: unknown;
  readonly label: string;
  /** Text that is unique to the value, for the control. */
  readonly key: string;
}

export const keyOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** Options from `{ label, value }[]` or a list of plain values; doubles and what is empty are left out. */
export function optionList(given: unknown): readonly Option[] {
  if (!Array.isArray(given)) return [];
  const byKey = new Map<string, Option>();
  for (const entry of given) {
    const object = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : null;
    const value = object === null ? entry : 'value' in object ? object.value : object.label;
    if (value === null || value === undefined) continue;
    const label = shownText(object === null ? entry : (object.label ?? value));
    const key = keyOf(value);
    if (!byKey.has(key)) byKey.set(key, { value, label, key });
  }
  return [...byKey.values()];
}
