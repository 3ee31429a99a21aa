import type { ComponentType } from '@sallyport/contract';
import { shownText } from './shown-text.ts';
import { wallTime } from './zone-time.ts';

const hasOffset = (value: unknown): boolean =>
  typeof value === 'string' && /T[^T]*(?:Z|[+-]\d{2}:?\d{2})$/.test(value);

/** The value that an input has when it is given this one: each input's own kind of empty included. */
export function startValueOf(
  type: ComponentType,
  props: Readonly<Record<string, unknown>>,
  value: unknown,
): unknown {
  // MySQL's truth value is a number where somebody stored more than 0 and 1, and so is that of many an API.
  if (type === 'checkbox')
    return value === true || value === 'true' || (typeof value === 'number' && value !== 0);
  if (type === 'textInput') return shownText(value);
  if (type === 'select' && props.multiple === true) {
    return Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  }
  // A time without a zone is what the person's clock says now: what is shown is what is sent.
  if (type === 'date' && props.withTime === true && props.zone === 'none' && hasOffset(value))
    return wallTime(value)?.replace(' ', 'T') ?? value;
  return value === undefined || value === '' ? null : value;
}
