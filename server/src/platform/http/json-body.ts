import { refuse } from './refusals.ts';

const DEEPEST = 64;

/**
 * Refuses JSON that is nested deeper than anything the contract has, before it is parsed: recursive readers further on
 * would overflow the stack. Counts brackets outside strings.
 */
export function assertShallow(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) {
      if (++depth > DEEPEST) throw refuse('json_too_deep', { values: { limit: DEEPEST } });
    } else if (c === 0x5d || c === 0x7d) depth--;
  }
}
