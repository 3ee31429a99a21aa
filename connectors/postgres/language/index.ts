import type { SqlQuery } from '@sallyport/contract';
import { loadModule } from 'libpg-query';
import { outlineSql } from '../../language/outline-sql.ts';
import type { SqlLanguage } from '../../language.ts';
import { analysePostgres } from './analyse.ts';
import { readPostgresToken } from './read-token.ts';
import { wrapPostgres } from './wrap.ts';

let loaded: Promise<void> | undefined;

/** PostgreSQL, read with its own grammar. */
export const postgresLanguage: SqlLanguage<SqlQuery> = {
  name: 'postgresql',
  load: () => {
    loaded ??= loadModule();
    return loaded;
  },
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
      expands: false,
    }),
  wrap: wrapPostgres,
};
