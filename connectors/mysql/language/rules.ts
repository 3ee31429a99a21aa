import type { Rendered } from '../../language/render-sql.ts';
import { type SqlToken, tokenizeSql } from '../../language/sql-token.ts';
import { type Place, Uncompilable } from '../../language.ts';
import { HARMLESS, KEYWORDS, REFUSED, WRITING } from './known-functions.ts';
import { readMysqlToken } from './read-token.ts';

/** What the words of a statement say by themselves, whether or not a grammar understands the whole. */
export interface WordSurvey {
  readonly writes: boolean;
  readonly calls: boolean;
  /** The server counts each row that it changes as one. It counts one that it puts in another's place as two or more. */
  readonly counted: boolean;
  readonly functions: readonly string[];
  readonly unknown: readonly string[];
}

const READS = new Set(['select', 'with', 'values', 'table', '(']);
const WRITES = new Set(['insert', 'update', 'delete', 'replace', 'call']);
const BEFORE_INTO = new Set(['insert', 'replace', 'ignore', 'low_priority', 'high_priority', 'delayed']);

/** Reads a statement's words: refuses what no transaction contains, and finds what writes (Q5). */
export function surveyWords(rendered: Rendered): WordSurvey {
  const { text } = rendered;
  const tokens = tokenizeSql(text, 'text', readMysqlToken).filter(
    (token) => token.kind !== 'space' && token.kind !== 'comment',
  );
  const words = tokens.map((token) => wordOf(text, token));
  const refuse = (token: SqlToken | undefined, message: string): never => {
    const { hole: _hole, ...place } = rendered.locate(token?.at ?? 0);
    throw new Uncompilable({ ...place, message } satisfies Place);
  };
  const first = words[0] ?? '';
  if (!READS.has(first) && !WRITES.has(first)) {
    refuse(
      tokens[0],
      'A query is a SELECT, INSERT, UPDATE, DELETE, REPLACE or CALL; it cannot change the schema, the session or the server.',
    );
  }
  const functions = new Set<string>();
  const unknown = new Set<string>();
  let writes = WRITES.has(first);
  tokens.forEach((token, i) => {
    const name = words[i] ?? '';
    const before = words[i - 1] ?? '';
    const called = words[i + 1] === '(';
    if (token.kind === 'string' && called) refuse(token, 'A string cannot be called as a function.');
    // A name in backticks may be either.
    const symbol = token.kind !== 'quoted';
    if (symbol && name === ';') refuse(token, 'A query must be exactly one statement.');
    if (
      symbol &&
      name === '?' &&
      !rendered.placed.some((place) => text.indexOf('?', place.at) === token.at)
    ) {
      refuse(token, 'Values can only come from {{ expressions }}. Do not write ? yourself.');
    }
    if (token.kind === 'word') {
      if (name === 'into' && !BEFORE_INTO.has(before)) {
        refuse(token, 'SELECT … INTO writes files or session variables, which a query cannot.');
      }
      if (name === 'procedure' || name === 'outfile' || name === 'dumpfile') {
        refuse(token, `“${name}” reaches beyond the query’s answer.`);
      }
      if (changes(words, i)) writes = true;
    }
    if (!called || (token.kind !== 'word' && token.kind !== 'quoted') || namesTable(words, i)) return;
    if (token.kind === 'word' && before !== '.' && KEYWORDS.has(name)) return;
    functions.add(name);
    if (REFUSED.has(name)) {
      refuse(
        token,
        `${name}() reaches beyond this query (files, locks, the session or the server), which a transaction cannot contain.`,
      );
    }
    if (WRITING.has(name)) writes = true;
    else if (before === '.' || !HARMLESS.has(name)) unknown.add(`${name}()`);
  });
  const duplicate = words.some(
    (word, i) => word === 'on' && words[i + 1] === 'duplicate' && words[i + 2] === 'key',
  );
  // What MariaDB answers of it, row by row, we count.
  const replaces = first === 'replace' && !words.includes('returning');
  // A procedure may also commit, and then nothing is rolled back.
  const counted = first !== 'call' && !replaces && !duplicate;
  return {
    writes,
    calls: first === 'call',
    counted,
    functions: [...functions].sort(),
    unknown: [...unknown].sort(),
  };
}

function wordOf(text: string, token: SqlToken): string {
  const raw = text.slice(token.at, token.end);
  // A quoted name can be called too: `load_file`('…').
  if (token.kind === 'quoted') return raw.slice(1, -1).replaceAll('``', '`').toLowerCase();
  return token.kind === 'word' || token.kind === 'symbol' ? raw.toLowerCase() : '';
}

/** Words that make any statement a write, locks and sequences among them; `replace(` and `insert(` are string functions. */
function changes(words: readonly string[], i: number): boolean {
  const [before, name, after, third] = [words[i - 1], words[i], words[i + 1], words[i + 2]];
  if (before === '.') return false;
  if (name === 'update' || name === 'delete' || name === 'call') return true;
  if ((name === 'insert' || name === 'replace') && after !== '(') return true;
  if (name === 'for' && (after === 'share' || after === 'update')) return true;
  if (name === 'lock' && after === 'in' && third === 'share') return true;
  return (name === 'next' || name === 'previous') && after === 'value' && third === 'for';
}

/**
 * `insert into t (a, b)`, `replace t (a, b)`, `with t (a) as (…), u (b) as (…)`, `as n (a, b)`, and of JSON `'$[*]' columns (…)`
 * and `member of (…)`: a name before a parenthesis that calls nothing.
 */
function namesTable(words: readonly string[], i: number): boolean {
  const before = words[i - 1];
  if (before === 'as' || (before === 'member' && words[i] === 'of')) return true;
  // Behind a string.
  if (before === '' && words[i] === 'columns') return true;
  const start = words[i - 1] === '.' ? i - 3 : i - 1;
  if (words[start] === 'into') return true;
  // Without INTO, one of these two stands first, or one word behind it: `select high_priority load_file(…)` calls.
  if (start < 2 && BEFORE_INTO.has(words[start] ?? '') && /^(insert|replace)$/.test(words[0] ?? ''))
    return true;
  const close = words.indexOf(')', i);
  return words[close + 1] === 'as' && words[close + 2] === '(';
}
