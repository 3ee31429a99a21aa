import { type SqlToken, tokenizeSql } from '../../language/sql-token.ts';
import { readMysqlToken } from './read-token.ts';

const OF_INTEREST = /<=>|\b(?:ignore|distinct|std|variance|match|use|force)\b/i;

/** From its first word to the parenthesis that closes it, comments and line breaks as one space. */
const INDEX_HINT =
  /^(?:use|force|ignore) (?:index|key) (?:for (?:join|order by|group by) )?\( (?:[^\s(),?]+ (?:, [^\s(),?]+ )*)?\)/i;
/** In words. */
const LONGEST_HINT = 200;
const MODE = /^(?:in boolean mode|in natural language mode(?: with query expansion)?|with query expansion)$/i;
/** How many words they have, the longest first: `with query expansion` ends another as well. */
const MODES = [7, 4, 3];

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
  const closing = closingOf(tokens.map((_, i) => written(i)));
  for (const [i, token] of tokens.entries()) {
    // It reads the same columns, and binds as tightly: that it finds null too says nothing of them.
    if (token.kind === 'symbol' && text.startsWith('<=>', token.at)) put(token, tokens[i + 2]!, ' =');
    // Taken for the table's name, and the table for its alias.
    else if (is(i, /^ignore$/i) && is(i - 1, /^(?:update|delete)$/i)) put(token, token);
    else if (is(i, /^distinct$/i) && is(i - 1, /^\($/) && is(i - 2, /^(?:sum|avg)$/i)) put(token, token);
    else if (is(i, /^std$/i) && is(i + 1, /^\($/)) put(token, token, 'sum');
    else if (is(i, /^variance$/i) && is(i + 1, /^\($/)) put(token, token, 'var_pop');
    else if (is(i, /^(?:use|force|ignore)$/i) && is(i + 1, /^(?:index|key)$/i)) {
      // Behind the two words, or `for join`, or `for order by`.
      const last = closing.get([2, 4, 5].map((n) => i + n).find((k) => is(k, /^\($/)) ?? -1) ?? -1;
      if (last - i < LONGEST_HINT && INDEX_HINT.test(wordsFrom(i, last + 1))) put(token, tokens[last]!);
    } else if (is(i, /^match$/i)) {
      const against = (closing.get(i + 1) ?? tokens.length) + 1;
      const last = is(against, /^against$/i) ? closing.get(against + 1) : undefined;
      if (last === undefined) continue;
      put(token, token, 'field');
      put(tokens[against]!, tokens[against]!, '+');
      const mode = MODES.map((words) => last - words).find(
        (k) => k > against + 2 && MODE.test(wordsFrom(k, last)),
      );
      if (mode !== undefined) put(tokens[mode]!, tokens[last - 1]!);
    }
  }
  return parsed;
}

/** For each parenthesis that opens, where it closes. */
function closingOf(words: readonly string[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  words.forEach((word, i) => {
    if (word === '(') open.push(i);
    const from = word === ')' ? open.pop() : undefined;
    if (from !== undefined) closing.set(from, i);
  });
  return closing;
}
