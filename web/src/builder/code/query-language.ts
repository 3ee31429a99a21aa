import type { Completion, CompletionSource } from '@codemirror/autocomplete';
import { javascript } from '@codemirror/lang-javascript';
import {
  keywordCompletionSource,
  MySQL,
  PostgreSQL,
  type SQLNamespace,
  schemaCompletionSource,
} from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { CatalogTable, Engine } from '@sallyport/contract';
import { columnCompletion } from './column-completion.ts';
import { expressionCompletion, insideHole } from './expression-completion.ts';
import type { ScopeEntry } from './scope.ts';
import { writtenName } from './written-name.ts';

/** A catalog as the completion of the SQL editor wants it: tables of the default schema stand at the top too. */
function completionSchema(engine: Engine, tables: readonly CatalogTable[]): SQLNamespace {
  const named = (name: string, type: string) => ({ label: name, apply: writtenName(name, engine), type });
  // A point would part a name in two.
  const key = (name: string) => name.replaceAll('.', '\\.');
  interface Schema {
    readonly self: Completion;
    readonly children: Record<string, SQLNamespace>;
  }
  const schemas: Record<string, Schema> = {};
  for (const table of tables) {
    const at = key(table.schema);
    const schema: Schema = schemas[at] ?? { self: named(table.schema, 'type'), children: {} };
    schemas[at] = schema;
    schema.children[key(table.name)] = {
      self: named(table.name, 'type'),
      children: table.columns.map((column) => ({
        ...named(column.name, 'property'),
        detail: column.engineType + (column.nullable ? '' : ' · not null'),
      })),
    };
  }
  return schemas;
}

const outsideHoles =
  (source: CompletionSource): CompletionSource =>
  (context) =>
    insideHole(context.state.doc.toString(), context.pos) ? null : source(context);

/** SQL of an engine, with completion from its catalog and from the app inside `{{ }}`. */
export function sqlLanguage(
  engine: Engine,
  tables: readonly CatalogTable[],
  scope: () => readonly ScopeEntry[],
): Extension {
  const schemas = [...new Set(tables.map((table) => table.schema))];
  const defaultSchema = schemas.includes('public') ? 'public' : schemas[0];
  const dialect = engine === 'mysql' ? MySQL : PostgreSQL;
  const { language } = dialect;
  const ofSql = [
    schemaCompletionSource({
      dialect,
      schema: completionSchema(engine, tables),
      ...(defaultSchema !== undefined && { defaultSchema }),
    }),
    keywordCompletionSource(dialect),
    columnCompletion(engine, tables),
  ];
  return [
    language,
    ofSql.map((source) => language.data.of({ autocomplete: outsideHoles(source) })),
    language.data.of({ autocomplete: expressionCompletion(scope) }),
  ];
}

/** JSON with `{{ }}` where a value stands, for the body of a request. */
export function bodyLanguage(scope: () => readonly ScopeEntry[]): Extension {
  const language = javascript();
  return [language, language.language.data.of({ autocomplete: expressionCompletion(scope) })];
}
