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

/** Signs of which a number comes. */
export const RECKONS: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', 'div', 'mod']);

const COMPARES = new Set(['=', '<', '>', '!']);

/** Whether a sign, or a part of one, stands there that compares. */
export const compares = ({ word }: WordsAround, i: number): boolean => COMPARES.has(word(i));

/** They answer one of their values. */
export const FIRST_OF: ReadonlySet<string> = new Set(['coalesce', 'ifnull', 'nvl', 'greatest', 'least']);
/** They answer their first value, later or earlier. */
export const MOVE: ReadonlySet<string> = new Set(['date_add', 'date_sub', 'adddate', 'subdate']);

/**
 * Whether the function whose values begin behind `open` answers the one that stands at `first`, or that one later or earlier.
 * An IF that compares with a text may ask for `''` of the value itself.
 */
function answers({ word }: WordsAround, open: number, first: number): boolean {
  const called = word(open - 1);
  if (called !== 'if') return FIRST_OF.has(called) || (MOVE.has(called) && open === first - 1);
  let i = open + 1;
  while (i < first && !/^['"]/.test(word(i))) i++;
  return i === first && open !== first - 1;
}

/**
 * From where to where the hole's value stands: what `coalesce({{ x }}, a)` is beside, its value is beside too; and so is
 * what `= ({{ x }})` and `price * ({{ x }})` are, `if(a, {{ x }}, b)` and `date_add({{ x }}, interval 1 day)`.
 */
export function valueAround(around: WordsAround): { readonly first: number; readonly last: number } {
  const { hole, word } = around;
  let [first, last] = [hole, hole];
  for (;;) {
    const whole = ['(', ','].includes(word(first - 1)) && [')', ','].includes(word(last + 1));
    if (!whole) return { first, last };
    const open = parenthesis(around, first - 1, -1);
    const close = parenthesis(around, last + 1, 1);
    const called = answers(around, open, first);
    const beside =
      compares(around, open - 1) ||
      RECKONS.has(word(open - 1)) ||
      (RECKONS.has(word(close + 1)) && ['(', ',', 'select'].includes(word(open - 1)));
    const alone = open === first - 1 && close === last + 1 && beside;
    if (!called && !alone) return { first, last };
    [first, last] = [called ? open - 1 : open, close];
  }
}

/** Where the parentheses around a place open (`step` -1) or close (1), from that place on. */
export function parenthesis({ word }: WordsAround, from: number, step: 1 | -1): number {
  const [inner, outer] = step === 1 ? ['(', ')'] : [')', '('];
  let depth = 0;
  for (let i = from; i >= 0 && word(i) !== ''; i += step) {
    if (word(i) === inner) depth++;
    else if (word(i) === outer && depth-- === 0) return i;
  }
  return -1;
}
