import type { SqlToken } from '../../language/sql-token.ts';

/** What stands around a hole: the words and signs of its statement, without spaces and comments, by their places. */
export interface WordsAround {
  readonly hole: number;
  /** In small letters, `&&` and `||` as the words that they mean; empty where there is none. */
  word(i: number): string;
  /** Without backticks, as it is written; null where no name stands. */
  name(i: number): string | null;
  /** Whether a number or a hole stands there. */
  isNumber(i: number): boolean;
}

const SIGNS: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or' };

export function wordsAround(text: string, tokens: readonly SqlToken[], at: number): WordsAround {
  const all: { readonly word: string; readonly token: SqlToken }[] = [];
  for (const token of tokens) {
    if (token.kind === 'space' || token.kind === 'comment') continue;
    const word = text.slice(token.at, token.end).toLowerCase();
    const before = all.at(-1);
    const sign = before?.token.end === token.at ? SIGNS[before.word + word] : undefined;
    if (sign !== undefined) all.pop();
    all.push({ word: sign ?? word, token });
  }
  return {
    hole: all.findIndex(({ token }) => token.at === at),
    word: (i) => all[i]?.word ?? '',
    name: (i) => {
      const token = all[i]?.token;
      if (token?.kind !== 'word' && token?.kind !== 'quoted') return null;
      const raw = text.slice(token.at, token.end);
      return token.kind === 'quoted' ? raw.slice(1, -1).replaceAll('``', '`') : raw;
    },
    isNumber: (i) => ['number', 'hole'].includes(all[i]?.token.kind ?? ''),
  };
}

const COMPARES = new Set(['=', '<', '>', '!']);

/** Whether a sign, or a part of one, stands there that compares. */
export const compares = ({ word }: WordsAround, i: number): boolean => COMPARES.has(word(i));
