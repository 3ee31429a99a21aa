import type { SqlQuery } from '@sallyport/contract';
import { type Dialect, outlineAtOnce, outlineInTurns } from '../../language/outline-sql.ts';
import type { SqlLanguage } from '../../language.ts';
import { analyseMysql } from './analyse.ts';
import { besideText } from './beside-text.ts';
import { besideMysql } from './column.ts';
import type { Grammar } from './grammar.ts';
import { hintMysql } from './hint.ts';
import { loadGrammar } from './load-grammar.ts';
import { comparableMysql } from './position-placeholder.ts';
import { readMysqlToken } from './read-token.ts';
import { wrapMysql } from './wrap.ts';

let grammar: Grammar | undefined;

const dialect: Dialect = {
  language: 'mysql',
  read: readMysqlToken,
  joined: (parts) => (parts.length === 1 ? (parts[0] ?? '') : `concat(${parts.join(', ')})`),
  placeholders: {
    shared: false,
    value: () => '?',
    list: (_index, negated) => (negated ? 'not in (?)' : 'in (?)'),
  },
  hint: hintMysql,
  beside: besideMysql,
  besideText,
  takesAny: () => false,
  analyse: (rendered) => {
    if (grammar === undefined) throw new Error('load() comes before outline()');
    return analyseMysql(grammar, rendered);
  },
  // Of a whole number, some results are of its size: an int by 1, and a bigint by one that is bound.
  literals: ['null', '1', '9223372036854775807', '0.5', "'a'"],
  expands: true,
};

/** MySQL and MariaDB: read by their lexical rules, with a grammar's help. */
export const mysqlLanguage: SqlLanguage<SqlQuery> = {
  name: 'mysql',
  load: async () => {
    grammar ??= await loadGrammar();
  },
  outline: (document) => outlineAtOnce(outlineInTurns(document, dialect)),
  outlineInTurns: (document) => outlineInTurns(document, dialect),
  wrap: wrapMysql,
  comparable: comparableMysql,
  tellsApart: ({ type }) => type !== 'text',
};
