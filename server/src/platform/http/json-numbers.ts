import { isHeldByDouble, mayRound } from '@sallyport/contract';
import { refuse } from './refusals.ts';

const TOKEN = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Refuses, before it is parsed, JSON with a number that would be read as another: such a one is sent as text (Q4). */
export function assertExact(text: string): void {
  if (!mayRound(text)) return;
  for (let at = 0; at < text.length; ) {
    const c = text.charCodeAt(at);
    if (c === 0x22) at = afterString(text, at);
    else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) {
      TOKEN.lastIndex = at;
      const token = TOKEN.exec(text)?.[0] ?? '-';
      if (token !== '-' && !isHeldByDouble(token)) {
        const message = 'The number is too large or has too many digits. Send it as text.';
        throw refuse('input_invalid', { places: [{ message }] });
      }
      at += token.length;
    } else at++;
  }
}

function afterString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 0x5c) at++;
    else if (c === 0x22) return at + 1;
  }
  return text.length;
}
