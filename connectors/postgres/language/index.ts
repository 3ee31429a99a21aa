import type { SqlQuery } from '@sallyport/contract';
import { outlineSql } from '../../language/outline-sql.ts';
import type { SqlLanguage } from '../../language.ts';
import { analysePostgres } from './analyse.ts';
import { loadGrammar } from './grammar.ts';
import { readPostgresToken } from './read-token.ts';
import { wrapPostgres } from './wrap.ts';

/** PostgreSQL, read with its own grammar. */
export const postgresLanguage: SqlLanguage<SqlQuery> = {
  name: 'postgresql',
  load: loadGrammar,
  outline: (document) =>
    outlineSql(document, {
      language: 'postgresql',
      read: readPostgresToken,
      joined: (parts) => parts.join(' || '),
      placeholders: {
        shared: true,
        value: (index) => `$${index + 1}`,
        list: (index, negated) => (negated ? `<> all($${index + 1})` : `= any($${index + 1})`),
      },
      hint: () => null,
      column: () => null,
      analyse: analysePostgres,
      literals: [],
      expands: false,
    }),
  wrap: wrapPostgres,
  // A row of no declared type can be ordered, and no value of it can be read back.
  comparable: ({ type, engineType }) => type !== 'json' && type !== 'binary' && engineType !== 'record',
};
