import { compareDecimals } from '../engine/compare-decimals.ts';
import { shownText } from '../engine/shown-text.ts';

/**
 * What a phone offers to type a number by. The pad of an iPhone has digits and the sign for decimals, and no minus: where
 * a number may be below zero, it offers all its letters.
 */
export function numberPad(
  whole: boolean,
  min: unknown,
  agent: string = navigator.userAgent,
): 'numeric' | 'decimal' | 'text' {
  const isPositive = compareDecimals(shownText(min), '0') >= 0;
  if (!isPositive && /iphone|ipod/i.test(agent)) return 'text';
  return whole ? 'numeric' : 'decimal';
}
