import { freeId } from '../document/identifiers.ts';
import type { Json } from './field-text.ts';

export type Option = { label: string; value: Json };

/** A list of options as it is edited: plain values stand for themselves. */
export function optionsOf(value: Json | undefined): Option[] {
  if (!Array.isArray(value)) return [];
  return value.map((item): Option => {
    if (typeof item === 'object' && item !== null && !Array.isArray(item) && 'value' in item) {
      return { label: String(item.label ?? item.value), value: item.value ?? null };
    }
    return { label: String(item), value: item };
  });
}

/** One more, of a value that none of them has: of two with the same, an app shows the first alone. */
export function newOption(options: readonly Option[]): Option {
  const value = freeId('option', new Set(options.map((option) => String(option.value))));
  return { label: value.replace('option', 'Option '), value };
}
