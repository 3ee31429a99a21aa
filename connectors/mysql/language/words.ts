import type { SqlToken } from '../../language/sql-token.ts';

/** What of a statement can name a column, or stand around one that does; names in small letters. */
export type Word =
  | {
      readonly kind: 'name';
      readonly name: string;
      readonly qualifier: string | null;
      /** In backticks, or behind a dot: a name whatever it says. */
      readonly certain: boolean;
    }
  | { readonly kind: 'star'; readonly qualifier: string | null }
  /** An alias that is given, a function that is called, a keyword before a parenthesis. */
  | { readonly kind: 'other'; readonly name: string }
  | { readonly kind: 'symbol'; readonly name: string };

/** A star after one of these is every column; after anything else it multiplies, and in `count(*)` it is neither. */
const BEFORE_STAR = new Set(
  ',|select|distinct|distinctrow|all|returning|high_priority|straight_join|sql_small_result|sql_big_result|sql_buffer_result|sql_cache|sql_no_cache|sql_calc_found_rows'.split(
    '|',
  ),
);

export function wordsOf(text: string, tokens: readonly SqlToken[]): readonly Word[] {
  const solid = joined(
    text,
    tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment'),
  );
  return solid.map((token, i): Word => {
    const before = solid[i - 1]?.raw ?? '';
    const qualifier = before === '.' ? (solid[i - 2]?.name ?? null) : null;
    if (token.raw === '*') {
      if (before === '.') return { kind: 'star', qualifier };
      return BEFORE_STAR.has(before) ? { kind: 'star', qualifier: null } : { kind: 'symbol', name: '*' };
    }
    if (token.name === null) return { kind: 'symbol', name: token.raw };
    const called = solid[i + 1]?.raw === '(';
    if (called || (before === 'as' && qualifier === null)) return { kind: 'other', name: token.name };
    return {
      kind: 'name',
      name: token.name,
      qualifier,
      certain: before === '.' || token.raw.startsWith('`'),
    };
  });
}

interface Solid {
  /** In small letters. */
  readonly raw: string;
  /** Set for what can be a name. */
  readonly name: string | null;
}

/** A name may begin with a digit (`2fa`, and `t.2fa`), which the tokenizer sees as a number and a word. */
function joined(text: string, tokens: readonly SqlToken[]): readonly Solid[] {
  const solid: Solid[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as SqlToken;
    const raw = text.slice(token.at, token.end).toLowerCase();
    if (token.kind === 'quoted') solid.push({ raw, name: raw.slice(1, -1).replaceAll('``', '`') });
    else if (token.kind === 'word') solid.push({ raw, name: raw });
    else if (token.kind === 'number') {
      const next = tokens[i + 1];
      const run = next?.kind === 'word' && next.at === token.end;
      const whole = run ? raw + text.slice(next.at, next.end).toLowerCase() : raw;
      if (run) i += 1;
      if (whole.startsWith('.'))
        solid.push({ raw: '.', name: null }, { raw: whole.slice(1), name: whole.slice(1) });
      else solid.push({ raw: whole, name: whole });
    } else solid.push({ raw, name: null });
  }
  return solid;
}
