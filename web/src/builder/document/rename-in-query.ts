import { argumentStem, type QueryDocument } from '@sallyport/contract';
import { renameInValue } from './rename-everywhere.ts';
import { type Rename, renameInExpression } from './rename-expression.ts';

/**
 * A query's document after a rename; the same object when it names nothing of it. The server names an argument after
 * its expression (`search.value` → `search_value`), so settings of arguments move with the expression.
 */
export function renameInQuery(
  document: QueryDocument,
  rename: Rename,
  compiled: readonly { readonly name: string; readonly expression: string }[] = [],
): QueryDocument {
  const next = renameInValue(document, rename);
  if (next === document) return document;
  const renamed: QueryDocument['arguments'] = {};
  for (const [name, settings] of Object.entries(next.arguments)) {
    const argument = compiled.find((one) => one.name === name);
    renamed[argument ? argumentName(name, argument.expression, rename) : name] = settings;
  }
  return { ...next, arguments: renamed };
}

function argumentName(name: string, expression: string, rename: Rename): string {
  const stem = argumentStem(expression);
  const next = argumentStem(renameInExpression(expression, rename));
  return name.startsWith(stem) ? next + name.slice(stem.length) : name;
}
