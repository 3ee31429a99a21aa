import type { Grammar } from './grammar.ts';

interface Parsers {
  readonly Parser: new () => Grammar;
}

/** Loads the two grammars when the first MySQL query is compiled: they cost memory that most nodes never need. */
export async function loadGrammar(): Promise<Grammar> {
  const [mysql, mariadb] = await Promise.all([
    import('node-sql-parser/build/mysql.js') as Promise<{ default: Parsers }>,
    import('node-sql-parser/build/mariadb.js') as Promise<{ default: Parsers }>,
  ]);
  const parsers = { MySQL: new mysql.default.Parser(), MariaDB: new mariadb.default.Parser() };
  return {
    parse: (sql, options) =>
      parsers[options.database === 'MariaDB' ? 'MariaDB' : 'MySQL'].parse(sql, options),
  };
}
