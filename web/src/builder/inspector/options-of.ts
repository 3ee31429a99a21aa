import { optionList } from '../../runtime/engine/option-list.ts';
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

/** Why an expression that gave something gives no choices: an app shows an empty list, and no error. */
export function problemOfOptions(given: unknown): string | undefined {
  if (given === null || given === undefined || optionList(given).length > 0) return undefined;
  if (!Array.isArray(given)) return 'This is not a list, so there is nothing to choose.';
  const rows = given.some((entry) => typeof entry === 'object' && entry !== null);
  return rows ? 'No row has a “value” or a “label”, so there is nothing to choose.' : undefined;
}
