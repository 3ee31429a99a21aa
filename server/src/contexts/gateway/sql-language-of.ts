import type { SqlLanguage } from '@sallyport/connectors/language.ts';
import { mysqlLanguage } from '@sallyport/connectors/mysql/language/index.ts';
import { postgresLanguage } from '@sallyport/connectors/postgres/language/index.ts';
import type { SqlQuery } from '@sallyport/contract';
import type { CompiledQuery } from './compiled-query.ts';

/** The language that wraps a compiled query's statements. */
export const sqlLanguageOf = ({ language }: Pick<CompiledQuery, 'language'>): SqlLanguage<SqlQuery> =>
  language === 'mysql' ? mysqlLanguage : postgresLanguage;
