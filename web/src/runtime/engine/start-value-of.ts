import type { ComponentType } from '@sallyport/contract';

/** The value that an input has when it is given this one: each input's own kind of empty included. */
export function startValueOf(
  type: ComponentType,
  props: Readonly<Record<string, unknown>>,
  value: unknown,
): unknown {
  if (type === 'checkbox') return value === true || value === 'true';
  if (type === 'textInput') return value === null || value === undefined ? '' : String(value);
  if (type === 'select' && props.multiple === true) {
    return Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  }
  return value === undefined || value === '' ? null : value;
}
