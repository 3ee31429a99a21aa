import type { SqlToken } from '../../language/sql-token.ts';

const COMPARES = new Set(['=', '<', '>', '!']);

/** Whether the hole is compared with a text that is written down and is no number: `{{ x }} = ''`, `'all' <> {{ x }}`. */
export function besideText(text: string, tokens: readonly SqlToken[], at: number): boolean {
  const solid = tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment');
  const hole = solid.findIndex((token) => token.at === at);
  return [-1, 1].some((step) => {
    const compares = (i: number): boolean => {
      const token = solid[i];
      return token?.kind === 'symbol' && COMPARES.has(text.slice(token.at, token.end));
    };
    let i = hole + step;
    if (!compares(i)) return false;
    while (compares(i)) i += step;
    const token = solid[i];
    return token?.kind === 'string' && !/^\s*[-+.]?\d/.test(text.slice(token.at + 1, token.end - 1));
  });
}
