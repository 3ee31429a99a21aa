import type { Rendered } from '../../language/render-sql.ts';
import { Uncompilable } from '../../language.ts';
import { grammar } from './grammar.ts';

/** Columns assigned at once, times the words of the statement. */
const MOST = 100_000;

/**
 * `set (a, b, …) = (…)`: the parser writes the right side once for each column, so that a short text becomes a tree which
 * takes seconds and a gigabyte. Refuses that before it is parsed; throws `Uncompilable`.
 */
export function checkAssignedAtOnce(rendered: Rendered): void {
  if (!/\bset\b/i.test(rendered.text)) return;
  const tokens = scan(rendered.text).filter((token) => !token.tokenName.endsWith('COMMENT'));
  const open: { columns: number }[] = [];
  let closed = 0;
  for (const [i, { text }] of tokens.entries()) {
    if (text === '(') open.push({ columns: 1 });
    else if (text === ',') {
      const last = open.at(-1);
      if (last !== undefined) last.columns += 1;
    } else if (text === ')') closed = open.pop()?.columns ?? 0;
    else if (text === '=' && tokens[i - 1]?.text === ')' && closed * tokens.length > MOST) {
      throw new Uncompilable({
        path: 'text',
        message: `“(…) = (…)” over ${closed} columns makes a statement of this length too long to read: assign each column by itself.`,
      });
    }
  }
}

/** What the scanner does not take, the parser will refuse, and say why. */
function scan(text: string): ReturnType<ReturnType<typeof grammar>['scanSync']>['tokens'] {
  try {
    return grammar().scanSync(text).tokens;
  } catch {
    return [];
  }
}
