import { beginningOf } from '../../lib/beginning-of.ts';
import { count } from '../../lib/number.ts';

/** A value in a few characters, as code writes it. */
export function shortValue(value: unknown, longest = 40): string {
  if (value === undefined) return 'undefined';
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.length}]`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    return keys.length === 0 ? '{}' : `{${cut(keys.join(', '), longest)}}`;
  }
  return cut(JSON.stringify(value) ?? String(value), longest);
}

const cut = (text: string, longest: number): string =>
  text.length > longest ? `${beginningOf(text, longest - 1)}…` : text;

/** The type of a value and its measure: `array` `37 rows × 6 columns`. */
export function describeValue(value: unknown): { readonly type: string; readonly text: string } {
  if (value === null || value === undefined) return { type: String(value), text: '' };
  if (Array.isArray(value)) {
    // Whether they would be rows, nobody can see.
    if (value.length === 0) return { type: 'array', text: 'empty' };
    const [first] = value as unknown[];
    if (typeof first !== 'object' || first === null)
      return { type: 'array', text: count(value.length, 'value') };
    return {
      type: 'array',
      text: `${count(value.length, 'row')} × ${count(Object.keys(first).length, 'column')}`,
    };
  }
  if (typeof value === 'object') return { type: 'object', text: shortValue(value) };
  return { type: typeof value, text: shortValue(value) };
}
