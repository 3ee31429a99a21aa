import { type SqlToken, tokenizeSql } from '../../language/sql-token.ts';
import { readMysqlToken } from './read-token.ts';

const OF_INTEREST =
  /<=>|\b(?:ignore|distinct|distinctrow|all|std|variance|match|use|force|json_table|json_value|member|binary|range|substr|substring|mid|duplicate|_\w+)\b/i;

/** From its first word to the parenthesis that closes it, comments and line breaks as one space. */
const INDEX_HINT =
  /^(?:use|force|ignore) (?:index|key) (?:for (?:join|order by|group by) )?\( (?:[^\s(),?]+ (?:, [^\s(),?]+ )*)?\)/i;
/** In words. */
const LONGEST_HINT = 200;
const MODE = /^(?:in boolean mode|in natural language mode(?: with query expansion)?|with query expansion)$/i;
/** How many words they have, the longest first: `with query expansion` ends another as well. */
const MODES = [7, 4, 3];

/** A character set before a string. */
const INTRODUCER = /^_(?:utf8mb[34]|utf8|latin1|ascii|binary|ucs2|utf16)$/i;
/** Before BINARY where it is a type, or a character set. */
const BEFORE_TYPE = /^(?:as|set|charset|collate|using)$/i;
/** Begin what JSON_VALUE says of its type, and of what is missing. */
const RETURNING = /^(?:returning|null|error|default)$/i;
/** May begin a query, or hold a value: what the parser must see. */
const SEEN = /^(?:select|table|values|with|\?)$/i;

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
  const seen = tokens.flatMap((_, i) => (is(i, SEEN) ? [i] : []));
  const queries = seen.some((i) => is(i, /^select$/i));
  /** Leaves out the tokens from one on to before the other, unless there is something among them that must be seen. */
  const leaveOut = (from: number, to: number) => {
    const first = seen.find((i) => i >= from) ?? to;
    if (from < to && first >= to) put(tokens[from]!, tokens[to - 1]!);
  };
  /** Where in the parentheses that open at `open`, and in none inside of them, such a word stands; -1: nowhere. */
  const within = (open: number, pattern: RegExp): number => {
    for (let i = open + 1; i < (closing.get(open) ?? 0); i++) {
      if (is(i, pattern)) return i;
      i = closing.get(i) ?? i;
    }
    return -1;
  };
  const called = (i: number, name: RegExp) => is(i, name) && closing.has(i + 1);
  for (const [i, token] of tokens.entries()) {
    // It reads the same columns, and binds as tightly: that it finds null too says nothing of them.
    if (token.kind === 'symbol' && text.startsWith('<=>', token.at)) put(token, tokens[i + 2]!, ' =');
    // Taken for the table's name, and the table for its alias.
    else if (is(i, /^ignore$/i) && is(i - 1, /^(?:update|delete)$/i)) put(token, token);
    else if (is(i, /^distinct$/i) && is(i - 1, /^\($/) && is(i - 2, /^(?:sum|avg|max|min)$/i))
      put(token, token);
    else if (is(i, /^all$/i) && is(i - 1, /^select$/i)) put(token, token);
    else if (is(i, /^distinctrow$/i) && is(i - 1, /^select$/i)) put(token, token, 'distinct');
    else if (is(i, INTRODUCER) && tokens[i + 1]?.kind === 'string') put(token, token);
    else if (is(i, /^binary$/i)) {
      const type = is(i - 1, BEFORE_TYPE) || is(i + 1, is(i - 1, /^,$/) ? /^[(),]$/ : /^[),]$/);
      // Of a column, it is no longer that column: neither a key nor an order is told from it.
      if (!type) put(token, token, '~');
    } else if (is(i, /^member$/i) && is(i + 1, /^of$/i)) put(token, tokens[i + 1]!, ' =');
    // Its value is read; what it makes of it has names that are written.
    else if (called(i, /^json_table$/i)) {
      const comma = within(i + 1, /^,$/);
      if (comma !== -1) put(token, tokens[i + 1]!, '(select');
      if (comma !== -1) leaveOut(comma, closing.get(i + 1)!);
    } else if (called(i, /^json_value$/i)) {
      const path = within(i + 1, /^,$/) + 1;
      if (tokens[path]?.kind === 'string' && is(path + 1, RETURNING)) leaveOut(path + 1, closing.get(i + 1)!);
    } else if (called(i, /^(?:substr|substring|mid)$/i)) {
      for (const at of [within(i + 1, /^from$/i), within(i + 1, /^for$/i)])
        if (at !== -1) put(tokens[at]!, tokens[at]!, ',');
    }
    // Where the rows of a window begin and end: its order is read all the same.
    else if (is(i, /^range$/i) && is(i + 1, /^(?:between|unbounded|current|interval|\d+)$/i))
      put(token, token, 'rows');
    else if (is(i, /^interval$/i) && is(i + 3, /^(?:preceding|following)$/i)) {
      put(token, token);
      put(tokens[i + 2]!, tokens[i + 2]!);
    }
    // The name of the new row of an INSERT: `values (…) as n (a, b) on duplicate key update`.
    else if (is(i, /^as$/i) && is(0, /^insert$/i)) {
      const end = (closing.get(i + 2) ?? i + 1) + 1;
      const row = is(end, /^on$/i) && is(end + 1, /^duplicate$/i);
      if (row && !queries) leaveOut(i, end);
    } else if (is(i, /^std$/i) && is(i + 1, /^\($/)) put(token, token, 'sum');
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
