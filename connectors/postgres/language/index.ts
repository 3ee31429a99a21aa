import type { SqlQuery } from '@sallyport/contract';
import { type Dialect, outlineAtOnce, outlineInTurns } from '../../language/outline-sql.ts';
import type { SqlLanguage } from '../../language.ts';
import { analysePostgres } from './analyse.ts';
import { loadGrammar } from './grammar.ts';
import { joinedPostgres } from './joined-texts.ts';
import { readPostgresToken } from './read-token.ts';
import { takesAny } from './takes-any.ts';
import { wrapPostgres } from './wrap.ts';

const dialect: Dialect = {
  language: 'postgresql',
  read: readPostgresToken,
  joined: joinedPostgres,
  placeholders: {
    shared: true,
    value: (index) => `$${index + 1}`,
    list: (index, negated) => (negated ? `<> all($${index + 1})` : `= any($${index + 1})`),
  },
  hint: () => null,
  beside: () => null,
  besideText: () => false,
  takesAny,
  analyse: analysePostgres,
  literals: [],
  expands: false,
};

/** PostgreSQL, read with its own grammar. */
export const postgresLanguage: SqlLanguage<SqlQuery> = {
  name: 'postgresql',
  load: loadGrammar,
  outline: (document, casts) => outlineAtOnce(outlineInTurns(document, dialect, casts)),
  outlineInTurns: (document, casts) => outlineInTurns(document, dialect, casts),
  wrap: wrapPostgres,
  comparable: ({ type, engineType }) =>
    type !== 'json' && type !== 'binary' && !INCOMPARABLE.test(engineType) && !OUTSIDE.test(engineType),
  tellsApart: ({ engineType }) => APART.test(engineType),
};

/** Not `1` and `1.00` of a `numeric` without a scale, `1 day` and `24 hours`, 0 and -0, nor a text that ignores case. */
const APART =
  /^(?:(?:smallint|integer|bigint|boolean|date|timestamp|uuid|text|character varying)\b(?!\[)|numeric\()/;

/**
 * What can be ordered and not compared with a value that was answered: a row of no declared type, which cannot be read
 * back; `hstore`, which has no `>`; names of things, which are ordered as the numbers that they stand for; and `"char"`, of
 * which PostgreSQL 18 cannot estimate how many rows are beyond a value once it has analysed the table (`cache lookup failed
 * for collation 0`). And types of extensions that write less of a value than they order by, or find more beyond one than
 * they order there: rows would come twice, or never.
 */
const INCOMPARABLE =
  /^(?:record|"char"|hstore|seg|unit|jsquery|reg(?:class|collation|config|dictionary|namespace|oper|operator|proc|procedure|role|type))$/;

/**
 * A type that the search path does not find, which is written with its schema. Its own operators are not found either, so
 * that `citext` would be compared as the text that it can be cast to, and rows be left out; others have no `>` at all. An
 * enumeration, which would do, is written no other way.
 */
const OUTSIDE = /^(?:\w+|"(?:[^"]|"")+")\./;
