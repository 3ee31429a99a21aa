import type { SqlToken } from '../../language/sql-token.ts';
import type { Beside, NamedColumn } from '../../language.ts';
import { BEFORE_CONDITION, BEHIND_CONDITION } from './condition-words.ts';
import {
  compares,
  FIRST_OF,
  MOVE,
  parenthesis,
  RECKONS,
  valueAround,
  type WordsAround,
  wordsAround,
} from './words-around.ts';

/** What cannot stand in the first value of a BETWEEN without parentheses: an AND behind it is of something else. */
const PARTS = new Set(['and', 'or', 'xor', '&', '|', 'where', 'on', 'having', 'when', 'then', 'select', ',']);

/** What else than a condition's words a column stands behind with which a comparison, or what is set, begins. */
const BEFORE_OPERAND = new Set('( , set update select distinct all binary when then else case by'.split(' '));

/** They take a day, or a time with one, as their first value, or as any behind it. */
const FIRST_IS_TIME = new Set(
  'date timestamp date_format unix_timestamp convert_tz to_days last_day year quarter month monthname week yearweek weekday dayname dayofweek dayofmonth dayofyear'.split(
    ' ',
  ),
);
const LATER_ARE_TIMES = new Set(['datediff', 'timestampdiff']);
const FIRST_IS_NUMBER = new Set(
  'round truncate ceil ceiling floor abs sign mod format from_unixtime'.split(' '),
);
/** They answer a time. */
const ANSWERS_TIME = new Set(
  'from_unixtime convert_tz now current_timestamp utc_timestamp sysdate'.split(' '),
);

const EQUALS = new Set(['=', '<>', '!=', '<=>']);

const ANSWERS = new Set([...FIRST_OF, ...MOVE, 'max', 'min', 'any_value']);

/** Around an item of a select that is one value. */
const BEFORE_ITEM = new Set([',', 'select', 'distinct', 'all']);
const BEHIND_ITEM = new Set([',', 'as', 'from', 'where', 'limit', 'on', 'union', '']);
/** Behind the items of a select. */
const CLAUSES = new Set(['from', 'where', 'by', 'having', 'on', 'limit', 'update']);

/**
 * The column that a hole stands beside: `a.id = {{ x }}`, `{{ x }} = a.id`, `id in ({{ ids }})`, `id in ({{ x }}, {{ y }})`,
 * `id between {{ x }} and {{ y }}`, `set id = {{ x }}`, `set id = coalesce({{ x }}, id)`, or its place in
 * `insert into t (a, b) values ({{ x }}, {{ y }})` and `insert into t (a, b) select {{ x }}, {{ y }}`. Or a number, beside
 * what is reckoned, `a.price * qty > {{ x }}`, and beside one that says yes or no, `{{ x }} = 1`; a number or a time, where a
 * function takes one. MySQL infers no types of values; the column's proposes one.
 */
export function besideMysql(text: string, tokens: readonly SqlToken[], at: number): Beside | null {
  const around = wordsAround(text, tokens, at);
  const { word } = around;
  const { first, last } = valueAround(around);
  let i = first - 1;
  if (compares(around, i)) {
    while (compares(around, i)) i--;
    return operand(around, i) ?? flag(around, i, i + 1, first);
  }
  for (const operator of [inOf(around, first), betweenOf(around, first)])
    if (operator !== -1) return operand(around, word(operator - 1) === 'not' ? operator - 2 : operator - 1);
  return following(around, first, last) ?? inserted(around, first, last) ?? taken(around, first, last);
}

/** What is compared, which ends there: a column where that, or `max(at)`, is all of it, and not the last of `price * qty`. */
function operand(around: WordsAround, end: number): Beside | null {
  const { word } = around;
  const open = word(end) === ')' ? parenthesis(around, end - 1, -1) : end;
  let start = open === end ? end : open - 1;
  while (word(start - 1) === '.') start -= 2;
  if (RECKONS.has(word(start - 1))) return 'decimal';
  if (!BEFORE_CONDITION.has(word(start - 1)) && !BEFORE_OPERAND.has(word(start - 1))) return null;
  return open === end ? named(around, end) : (moment(around, open, end) ?? firstOf(around, open));
}

/** What a function answers that makes a time of something else, such as of the seconds since 1970; with a format, a text. */
function moment({ word }: WordsAround, open: number, close: number): 'timestamp' | null {
  if (word(open) !== '(' || !ANSWERS_TIME.has(word(open - 1))) return null;
  if (word(open - 1) !== 'from_unixtime') return 'timestamp';
  let depth = 0;
  for (let i = open + 1; i < close; i++) {
    if (word(i) === '(') depth++;
    else if (word(i) === ')') depth--;
    else if (depth === 0 && word(i) === ',') return null;
  }
  return 'timestamp';
}

/** The column that a function which answers one of its values, or that one later or earlier, has first. */
function firstOf(around: WordsAround, open: number): NamedColumn | null {
  const { word } = around;
  if (!ANSWERS.has(word(open - 1))) return null;
  let end = open + 1;
  while (word(end + 1) === '.') end += 2;
  return [',', ')'].includes(word(end + 1)) ? named(around, end) : null;
}

/** `b` or `a.b`, by the place of `b`. */
function named({ word, name }: WordsAround, i: number): NamedColumn | null {
  const column = name(i);
  return column === null ? null : { of: word(i - 1) === '.' ? name(i - 2) : null, name: column };
}

/** The place of the IN in whose list the value stands, or begins one; -1 when it is none. */
function inOf({ word }: WordsAround, first: number): number {
  if (word(first - 1) !== '(' && word(first - 1) !== ',') return -1;
  let depth = 0;
  for (let i = first - 1; i > 0; i--) {
    if (word(i) === ')') depth++;
    else if (word(i) === '(' && depth-- === 0)
      return word(i - 1) === 'in' && !['select', 'with'].includes(word(i + 1)) ? i - 1 : -1;
  }
  return -1;
}

/** What stands in `{{ x }} <= at` and `{{ x }} between at and …`, where nothing is done to it, or a function is. */
function following(around: WordsAround, first: number, last: number): Beside | null {
  const { word } = around;
  if (!BEFORE_CONDITION.has(word(first - 1)) && !['when', '('].includes(word(first - 1))) return null;
  let i = last + 1;
  if (word(i) === 'not') i++;
  if (word(i) === 'between') i++;
  else if (compares(around, i)) while (compares(around, i)) i++;
  else return null;
  while (word(i + 1) === '.') i += 2;
  const end = word(i + 1) === '(' ? parenthesis(around, i + 2, 1) : i;
  // Of a time, an interval makes another one.
  const moves = end > i && ['+', '-'].includes(word(end + 1)) && word(end + 2) === 'interval';
  if (!moves && !BEHIND_CONDITION.has(word(end + 1)) && word(end + 1) !== 'then') return null;
  if (end > i) return moment(around, i + 1, end) ?? firstOf(around, i + 1);
  return named(around, i) ?? flag(around, i, last + 1, i);
}

/** Whether a nought or a one stands there, and what stands between two other places asks whether it is the value. */
function flag({ word }: WordsAround, at: number, from: number, to: number): 'integer' | null {
  let sign = '';
  for (let i = from; i < to; i++) sign += word(i);
  return ['0', '1'].includes(word(at)) && EQUALS.has(sign) ? 'integer' : null;
}

/** The place of the BETWEEN of which the value is one, or begins one; -1 when it is none. */
export function betweenOf({ word }: WordsAround, first: number): number {
  if (word(first - 1) === 'between') return first - 1;
  if (word(first - 1) !== 'and') return -1;
  let depth = 0;
  for (let i = first - 2; i > 0; i--) {
    if (word(i) === ')') depth++;
    else if (word(i) === '(') depth--;
    else if (depth === 0 && word(i) === 'between') return i;
    if (depth < 0 || (depth === 0 && PARTS.has(word(i)))) return -1;
  }
  return -1;
}

function inserted(around: WordsAround, first: number, last: number): NamedColumn | null {
  const { word } = around;
  if (word(0) !== 'insert' && word(0) !== 'replace') return null;
  const whole = BEFORE_ITEM.has(word(first - 1)) && BEHIND_ITEM.has(word(last + 1));
  // Back to the parenthesis that this row of values began with, or to the SELECT, counting what stands before.
  let position = 0;
  let depth = 0;
  let i = first - 1;
  for (; i > 0 && !(depth === 0 && (word(i) === '(' || word(i) === 'select')); i--) {
    if (word(i) === ')') depth++;
    else if (word(i) === '(') depth--;
    else if (depth === 0 && word(i) === ',') position++;
    else if (depth === 0 && CLAUSES.has(word(i))) return null;
  }
  if (word(i) === 'select') return whole ? listed(around, i - 1, position) : null;
  // A function's parenthesis is no row.
  if (![',', 'values', 'value'].includes(word(i - 1))) return null;
  while (i > 0 && word(i) !== 'values' && word(i) !== 'value') i--;
  return listed(around, i - 1, position);
}

/** A column of the list in `insert into t (a, b)`, which closes there. */
function listed(around: WordsAround, close: number, position: number): NamedColumn | null {
  const { word } = around;
  if (word(close) !== ')') return null;
  let open = close - 1;
  while (open > 0 && word(open) !== '(') open--;
  // That of a WITH is none.
  return word(open - 1) === 'as' ? null : named(around, open + 1 + position * 2);
}

/**
 * A time in `date({{ x }})`, `datediff(a, {{ x }})` and `cast({{ x }} as datetime)`: of a text, MariaDB leaves out the offset.
 * Where a time of day may be meant, as in `hour({{ x }})`, nothing is said. A number in `round({{ x }}, 2)`: of a text, it is
 * rounded as a double, and `from_unixtime({{ x }})` takes seconds, which a field for numbers gives as such.
 */
function taken({ word }: WordsAround, first: number, last: number): 'timestamp' | 'decimal' | null {
  const [before, behind] = [word(first - 1), word(last + 1)];
  const called = word(first - 2);
  if (before === '(' && called === 'cast')
    return behind === 'as' && ['date', 'datetime'].includes(word(last + 2)) ? 'timestamp' : null;
  if (behind !== ',' && behind !== ')') return null;
  if (before === '(' && FIRST_IS_NUMBER.has(called)) return 'decimal';
  if (before === '(' && (FIRST_IS_TIME.has(called) || called === 'datediff')) return 'timestamp';
  let open = first - 1;
  while (open > 0 && word(open) !== '(' && word(open) !== ')') open--;
  return before === ',' && word(open) === '(' && LATER_ARE_TIMES.has(word(open - 1)) ? 'timestamp' : null;
}
