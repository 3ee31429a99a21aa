import type { ResultColumn } from '@sallyport/contract';
import type { BindValue } from '../../port.ts';

/** Without a digit that is not nought before its exponent. */
const NOUGHT = /^-?[0.]*(?:e|$)/i;

/**
 * Whether a floating-point column can hold a number at all: it has no room for one too large, or so small that nothing but
 * nought would be left, and the engine takes neither for a value of its type. True of every other column.
 */
export function fitsFloat({ engineType }: ResultColumn, value: BindValue): boolean {
  const text = String(value);
  const single = engineType === 'real';
  if ((!single && engineType !== 'double precision') || /n/i.test(text)) return true;
  const held = single ? Math.fround(Number(text)) : Number(text);
  return Number.isFinite(held) && (held !== 0 || NOUGHT.test(text));
}
