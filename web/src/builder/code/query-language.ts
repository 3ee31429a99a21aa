import { javascript } from '@codemirror/lang-javascript';
import { MySQL, PostgreSQL, type SQLNamespace, sql } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { CatalogTable, Engine } from '@sallyport/contract';
import { columnCompletion } from './column-completion.ts';
import { expressionCompletion } from './expression-completion.ts';
import type { ScopeEntry } from './scope.ts';

/** A catalog as the completion of the SQL editor wants it: tables of the default schema stand at the top too. */
function completionSchema(tables: readonly CatalogTable[]): SQLNamespace {
  const schemas: Record<string, Record<string, { label: string; detail: string; type: string }[]>> = {};
  for (const table of tables) {
    schemas[table.schema] ??= {};
    (schemas[table.schema] as NonNullable<(typeof schemas)[string]>)[table.name] = table.columns.map(
      (column) => ({
        label: column.name,
        detail: column.engineType + (column.nullable ? '' : ' · not null'),
        type: 'property',
      }),
    );
  }
  return schemas;
}

/** SQL of an engine, with completion from its catalog and from the app inside `{{ }}`. */
export function sqlLanguage(
  engine: Engine,
  tables: readonly CatalogTable[],
  scope: () => readonly ScopeEntry[],
): Extension {
  const schemas = [...new Set(tables.map((table) => table.schema))];
  const defaultSchema = schemas.includes('public') ? 'public' : schemas[0];
  const language = sql({
    dialect: engine === 'mysql' ? MySQL : PostgreSQL,
    schema: completionSchema(tables),
    ...(defaultSchema !== undefined && { defaultSchema }),
    upperCaseKeywords: false,
  });
  return [
    language,
    language.language.data.of({ autocomplete: expressionCompletion(scope) }),
    language.language.data.of({ autocomplete: columnCompletion(engine, tables) }),
  ];
}

/** JSON with `{{ }}` where a value stands, for the body of a request. */
export function bodyLanguage(scope: () => readonly ScopeEntry[]): Extension {
  const language = javascript();
  return [language, language.language.data.of({ autocomplete: expressionCompletion(scope) })];
}
