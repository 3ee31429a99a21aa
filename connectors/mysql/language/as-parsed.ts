import { Rewriting } from './rewriting.ts';

const OF_INTEREST =
  /<=>|\b(?:ignore|distinct|distinctrow|all|std|variance|match|use|force|json_table|json_value|member|binary|range|substr|substring|mid|duplicate|straight_join|high_priority|sql_\w+|partition|group_concat|json_arrayagg|_\w+)\b|\(\s*\(/i;

/**
 * The statement with other words, as long, for what the parser does not know: for the parser alone. Each change keeps what
 * is touched: tables, columns, binds, and the clause that each stands in.
 */
export function asParsed(text: string): string {
  if (!OF_INTEREST.test(text)) return text;
  const statement = new Rewriting(text);
  for (let i = 0; i < statement.length; i++) CHANGES.some((change) => change(statement, i));
  return statement.written;
}

/** Changes what begins at a token, where that is its own: then no other is asked. */
type Change = (statement: Rewriting, i: number) => boolean;

/** A word, or a few, for which others are written: none, where they are left out. */
const instead =
  (applies: Change, words = '', more = 0): Change =>
  (statement, i) => {
    if (!applies(statement, i)) return false;
    statement.put(i, i + more, words);
    return true;
  };

/** It reads the same columns, and binds as tightly: that it finds null too says nothing of them. */
const nullSafeEqual = instead((s, i) => s.goesOn(i, '<=>'), ' =', 2);
/** Taken for the table's name, and the table for its alias. */
const ignoredFaults = instead((s, i) => s.is(i, /^ignore$/i) && s.is(i - 1, /^(?:update|delete)$/i));
const distinctOfOne = instead(
  (s, i) => s.is(i, /^distinct$/i) && s.is(i - 1, /^\($/) && s.is(i - 2, /^(?:sum|avg|max|min)$/i),
);
const selectAll = instead((s, i) => s.is(i, /^all$/i) && s.is(i - 1, /^select$/i));
const distinctRow = instead((s, i) => s.is(i, /^distinctrow$/i) && s.is(i - 1, /^select$/i), 'distinct');

/** A character set before a string. */
const INTRODUCER = /^_(?:utf8mb[34]|utf8|latin1|ascii|binary|ucs2|utf16)$/i;
const introducer = instead((s, i) => s.is(i, INTRODUCER) && s.isString(i + 1));

/** Before BINARY where it is a type, or a character set. */
const BEFORE_TYPE = /^(?:as|set|charset|collate|using)$/i;
/** Of a column, it is no longer that column: neither a key nor an order is told from it. */
const binary = instead((s, i) => {
  if (!s.is(i, /^binary$/i)) return false;
  const ofList = s.is(i - 1, /^,$/);
  return !s.is(i - 1, BEFORE_TYPE) && !s.is(i + 1, ofList ? /^[(),]$/ : /^[),]$/);
}, '~');

const memberOf = instead((s, i) => s.is(i, /^member$/i) && s.is(i + 1, /^of$/i), ' =', 1);

const called = (s: Rewriting, i: number, name: RegExp): boolean =>
  s.is(i, name) && s.closing(i + 1) !== undefined;

/** Its value is read; what it makes of it has names that are written. */
const jsonTable: Change = (s, i) => {
  if (!called(s, i, /^json_table$/i)) return false;
  const comma = s.within(i + 1, /^,$/);
  if (comma !== -1) {
    s.put(i, i + 1, '(select');
    s.leaveOut(comma, s.closing(i + 1)!);
  }
  return true;
};

/** Begin what JSON_VALUE says of its type, and of what is missing. */
const RETURNING = /^(?:returning|null|error|default)$/i;
const jsonValue: Change = (s, i) => {
  if (!called(s, i, /^json_value$/i)) return false;
  const path = s.within(i + 1, /^,$/) + 1;
  if (s.isString(path) && s.is(path + 1, RETURNING)) s.leaveOut(path + 1, s.closing(i + 1)!);
  return true;
};

const substring: Change = (s, i) => {
  if (!called(s, i, /^(?:substr|substring|mid)$/i)) return false;
  for (const at of [s.within(i + 1, /^from$/i), s.within(i + 1, /^for$/i)]) if (at !== -1) s.put(at, at, ',');
  return true;
};

/** Where the rows of a window begin and end: its order is read all the same. */
const range = instead(
  (s, i) => s.is(i, /^range$/i) && s.is(i + 1, /^(?:between|unbounded|current|interval|\d+)$/i),
  'rows',
);
const interval: Change = (s, i) => {
  if (!s.is(i, /^interval$/i) || !s.is(i + 3, /^(?:preceding|following)$/i)) return false;
  s.put(i, i);
  s.put(i + 2, i + 2);
  return true;
};

/** The name of the new row of an INSERT: `values (…) as n (a, b) on duplicate key update`. */
const newRow: Change = (s, i) => {
  if (!s.is(i, /^as$/i) || !s.is(0, /^insert$/i)) return false;
  const end = (s.closing(i + 2) ?? i + 1) + 1;
  if (s.is(end, /^on$/i) && s.is(end + 1, /^duplicate$/i) && !s.hasQuery) s.leaveOut(i, end);
  return true;
};

const deviation = instead((s, i) => s.is(i, /^std$/i) && s.is(i + 1, /^\($/), 'sum');
const variance = instead((s, i) => s.is(i, /^variance$/i) && s.is(i + 1, /^\($/), 'var_pop');

/** From its first word to the parenthesis that closes it, comments and line breaks as one space. */
const INDEX_HINT =
  /^(?:use|force|ignore) (?:index|key) (?:for (?:join|order by|group by) )?\( (?:[^\s(),?]+ (?:, [^\s(),?]+ )*)?\)/i;
/** In words. */
const LONGEST_HINT = 200;
const indexHint: Change = (s, i) => {
  if (!s.is(i, /^(?:use|force|ignore)$/i) || !s.is(i + 1, /^(?:index|key)$/i)) return false;
  // Behind the two words, or `for join`, or `for order by`.
  const open = [2, 4, 5].map((n) => i + n).find((at) => s.is(at, /^\($/));
  const last = (open === undefined ? undefined : s.closing(open)) ?? -1;
  if (last - i < LONGEST_HINT && INDEX_HINT.test(s.words(i, last + 1))) s.put(i, last);
  return true;
};

const MODE = /^(?:in boolean mode|in natural language mode(?: with query expansion)?|with query expansion)$/i;
/** How many words they have, the longest first: `with query expansion` ends another as well. */
const MODES = [7, 4, 3];
const match: Change = (s, i) => {
  if (!s.is(i, /^match$/i)) return false;
  const against = (s.closing(i + 1) ?? s.length) + 1;
  const last = s.is(against, /^against$/i) ? s.closing(against + 1) : undefined;
  if (last === undefined) return true;
  s.put(i, i, 'field');
  s.put(against, against, '+');
  const mode = MODES.map((words) => last - words).find(
    (at) => at > against + 2 && MODE.test(s.words(at, last)),
  );
  if (mode !== undefined) s.put(mode, last - 1);
  return true;
};

const BEFORE_ITEMS = /^(?:select|distinct|all|straight_join|high_priority|sql_\w+)$/i;
/** How the rows are to be found, and where they are to wait. */
const modifier = instead(
  (s, i) =>
    s.is(i, /^(?:straight_join|high_priority|sql_(?:small|big|buffer)_result)$/i) &&
    s.is(i - 1, BEFORE_ITEMS),
);
const straightJoin = instead((s, i) => s.is(i, /^straight_join$/i) && !s.is(i - 1, BEFORE_ITEMS), 'join');

/** `from t partition (p0, p1)`; the one of a window has BY behind it. */
const partitions: Change = (s, i) => {
  const close = s.is(i, /^partition$/i) ? s.closing(i + 1) : undefined;
  if (close === undefined) return false;
  s.leaveOut(i, close + 1);
  return true;
};

/** What makes one value of many has, in MariaDB, an order and a limit of its own. */
const gathered: Change = (s, i) => {
  if (!called(s, i, /^(?:group_concat|json_arrayagg)$/i)) return false;
  if (s.is(i, /^json/i) && s.within(i + 1, /^(?:order|limit)$/i) !== -1) s.put(i, i, 'group_concat');
  const limit = s.within(i + 1, /^limit$/i);
  if (limit !== -1) s.leaveOut(limit, s.closing(i + 1)!);
  return true;
};

const OPENS = /^\($/;
/** Begin what holds a query, and go on behind one in parentheses. */
const QUERY = /^(?:select|with|values|table)$/i;
const MORE_OF_QUERY = /^(?:union|except|intersect|order|limit)$/i;

/** Whether the parentheses that open there hold a query, and not tables that are joined. */
function holdsQuery(s: Rewriting, open: number): boolean {
  let at = open;
  for (; s.is(at + 1, OPENS); at++) {
    const behind = (s.closing(at + 1) ?? s.length) + 1;
    if (behind !== s.closing(at) && !s.is(behind, MORE_OF_QUERY)) return false;
  }
  return s.is(at + 1, QUERY);
}

/** The innermost to the left of `from ((a join b on …) join c on …)`, as MySQL itself writes its views: it joins from there anyway. */
const leftOfJoin: Change = (s, i) => {
  if (!s.is(i, OPENS)) return false;
  let base = i - 1;
  while (s.is(base, OPENS)) base--;
  const close = s.closing(i);
  if (!s.is(base, /^(?:from|join|update)$/i) || close === undefined || holdsQuery(s, i)) return false;
  const beginsWithQuery = s.is(i + 1, OPENS) && holdsQuery(s, i + 1);
  if (base === i - 1 && !beginsWithQuery) return false;
  s.put(i, i);
  s.put(close, close);
  return true;
};

const CHANGES: readonly Change[] = [
  nullSafeEqual,
  ignoredFaults,
  distinctOfOne,
  selectAll,
  distinctRow,
  introducer,
  binary,
  memberOf,
  jsonTable,
  jsonValue,
  substring,
  range,
  interval,
  newRow,
  deviation,
  variance,
  indexHint,
  match,
  modifier,
  straightJoin,
  partitions,
  gathered,
  leftOfJoin,
];
