import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from '@codemirror/autocomplete';
import type { CatalogTable, Engine } from '@sallyport/contract';
import { writtenName } from './written-name.ts';

const WORD = /"[^"]*"|`[^`]*`|[\p{L}\p{N}_$]+/gu;

/**
 * The tables whose names stand in a statement, wherever the person is in writing it. Of several with one name, those whose
 * schemas stand there too; else the first, which needs none before its name.
 */
export function tablesNamedIn(text: string, tables: readonly CatalogTable[]): CatalogTable[] {
  const words = new Set(text.match(WORD)?.map((word) => word.replace(/^["`]|["`]$/g, '').toLowerCase()));
  const named = tables.filter(({ name }) => words.has(name.toLowerCase()));
  return [...Map.groupBy(named, ({ name }) => name.toLowerCase()).values()].flatMap((alike) => {
    const told = alike.filter(({ schema }) => words.has(schema.toLowerCase()));
    return told.length > 0 ? told : alike.slice(0, 1);
  });
}

/** Completes the columns of the tables that the statement names, before the words of the language. */
export function columnCompletion(engine: Engine, tables: readonly CatalogTable[]): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const word = context.matchBefore(/(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*$/u);
    if (!word || text[word.from - 1] === '.') return null;
    const named = tablesNamedIn(text, tables);
    const options = new Map<string, Completion>();
    for (const table of named)
      for (const column of table.columns)
        options.set(column.name, {
          // Matching counts a capital against a name; SQL is typed without.
          label: column.name.toLowerCase(),
          displayLabel: column.name,
          apply: writtenName(column.name, engine),
          detail: `${column.engineType}${named.length > 1 ? ` · ${table.name}` : ''}`,
          type: 'property',
          boost: 50,
        });
    return options.size === 0
      ? null
      : { from: word.from, options: [...options.values()], validFor: /^[\p{L}\p{N}_]*$/u };
  };
}
