import { type SqlToken, tokenizeSql } from '../../language/sql-token.ts';
import { readMysqlToken } from './read-token.ts';

const OF_INTEREST = /<=>|\b(?:ignore|distinct|std|variance|match|use|force)\b/i;

/** From its first word to the parenthesis that closes it, comments and line breaks as one space. */
const INDEX_HINT =
  /^(?:use|force|ignore) (?:index|key) (?:for (?:join|order by|group by) )?\( (?:[^\s(),?]+ (?:, [^\s(),?]+ )*)?\)/i;
const MODE =
  /^(?:in boolean mode|in natural language mode(?: with query expansion)?|with query expansion) \)$/i;
/** Words of the longest of them, and the parenthesis. */
const LONGEST_MODE = 8;

/**
 * The statement with other words, as long, for what the parser does not know: for the parser alone. Each change keeps what
 * is touched: tables, columns, binds, and the clause that each stands in.
 */
export function asParsed(text: string): string {
  if (!OF_INTEREST.test(text)) return text;
  const tokens = tokenizeSql(text, 'text', readMysqlToken).filter(
    ({ kind }) => kind !== 'space' && kind !== 'comment',
  );
  let parsed = text;
  const put = (from: SqlToken, to: SqlToken, words = '') => {
    parsed = parsed.slice(0, from.at) + words.padEnd(to.end - from.at) + parsed.slice(to.end);
  };
  const written = (i: number) => text.slice(tokens[i]?.at ?? text.length, tokens[i]?.end);
  const is = (i: number, pattern: RegExp) => tokens[i]?.kind !== 'quoted' && pattern.test(written(i));
  const wordsFrom = (from: number, to: number) =>
    tokens
      .slice(from, to)
      .map((_, i) => written(from + i))
      .join(' ');
  /** Where the parenthesis that opens at `i` closes; -1 where none opens or closes. */
  const closing = (i: number): number => {
    if (!is(i, /^\($/)) return -1;
    let depth = 0;
    return tokens.findIndex((_, k) => {
      if (k < i) return false;
      depth += is(k, /^\($/) ? 1 : is(k, /^\)$/) ? -1 : 0;
      return depth === 0;
    });
  };
  for (const [i, token] of tokens.entries()) {
    // It reads the same columns, and binds as tightly: that it finds null too says nothing of them.
    if (token.kind === 'symbol' && text.startsWith('<=>', token.at)) put(token, tokens[i + 2]!, ' =');
    // Taken for the table's name, and the table for its alias.
    else if (is(i, /^ignore$/i) && is(i - 1, /^(?:update|delete)$/i)) put(token, token);
    else if (is(i, /^distinct$/i) && is(i - 1, /^\($/) && is(i - 2, /^(?:sum|avg)$/i)) put(token, token);
    else if (is(i, /^std$/i) && is(i + 1, /^\($/)) put(token, token, 'sum');
    else if (is(i, /^variance$/i) && is(i + 1, /^\($/)) put(token, token, 'var_pop');
    else if (is(i, /^(?:use|force|ignore)$/i) && is(i + 1, /^(?:index|key)$/i)) {
      const last = tokens.findIndex((_, k) => k > i && is(k, /^\)$/));
      if (INDEX_HINT.test(wordsFrom(i, last + 1))) put(token, tokens[last]!);
    } else if (is(i, /^match$/i)) {
      const columns = closing(i + 1);
      const last = columns !== -1 && is(columns + 1, /^against$/i) ? closing(columns + 2) : -1;
      if (last === -1) continue;
      put(token, token, 'field');
      put(tokens[columns + 1]!, tokens[columns + 1]!, '+');
      const mode = tokens.findIndex(
        (_, k) =>
          k > columns + 3 && k >= last - LONGEST_MODE && k < last && MODE.test(wordsFrom(k, last + 1)),
      );
      if (mode !== -1) put(tokens[mode]!, tokens[last - 1]!);
    }
  }
  return parsed;
}
