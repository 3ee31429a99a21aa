import type { SqlToken } from '../../language/sql-token.ts';

/** They take values of any type, and read them as texts; or count which are null. */
const FUNCTIONS = new Set(['concat', 'concat_ws', 'format', 'num_nonnulls', 'num_nulls']);

/** Whether the hole stands before `is null`, or is a value of a function that takes any. */
export function takesAny(text: string, tokens: readonly SqlToken[], at: number): boolean {
  const words = tokens
    .filter(({ kind }) => kind !== 'space' && kind !== 'comment')
    .map((token) => ({ at: token.at, word: text.slice(token.at, token.end).toLowerCase() }));
  const hole = words.findIndex((one) => one.at === at);
  const word = (i: number): string => words[i]?.word ?? '';
  if (word(hole + 1) === 'is' && word(hole + (word(hole + 2) === 'not' ? 3 : 2)) === 'null') return true;
  if (!['(', ','].includes(word(hole - 1)) || ![')', ','].includes(word(hole + 1))) return false;
  let depth = 0;
  for (let i = hole - 1; i > 0; i--) {
    if (word(i) === ')') depth++;
    else if (word(i) === '(' && depth-- === 0) return FUNCTIONS.has(word(i - 1));
  }
  return false;
}
