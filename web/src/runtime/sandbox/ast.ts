import type { Node } from 'acorn';

/** A syntax node whose fields are looked at by name. */
export type Syntax = Node & Readonly<Record<string, unknown>>;

export const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** The nodes directly below a node, in the order of the text. */
export function* childrenOf(node: Syntax): Generator<Syntax> {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const entry of value) if (isSyntax(entry)) yield entry;
    } else if (isSyntax(value)) {
      yield value;
    }
  }
}

/** The names that a pattern binds: `{ a, b: [c] }` binds a and c. */
function namesOfPattern(pattern: Syntax): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name as string];
    case 'Property':
      return namesOfPattern(pattern.value as Syntax);
    case 'AssignmentPattern':
      return namesOfPattern(pattern.left as Syntax);
    case 'RestElement':
      return namesOfPattern(pattern.argument as Syntax);
    default:
      return [...childrenOf(pattern)].flatMap(namesOfPattern);
  }
}

export const isFunction = (node: Syntax): boolean =>
  node.type === 'ArrowFunctionExpression' ||
  node.type === 'FunctionExpression' ||
  node.type === 'FunctionDeclaration';

/** Names that a function declares: its parameters, itself, and every declaration in its body. */
export function namesOfFunction(node: Syntax): string[] {
  const names = (node.params as Syntax[]).flatMap(namesOfPattern);
  if (isSyntax(node.id)) names.push(...namesOfPattern(node.id));
  const walk = (inner: Syntax): void => {
    if (inner.type === 'VariableDeclarator') names.push(...namesOfPattern(inner.id as Syntax));
    if (inner.type === 'CatchClause' && isSyntax(inner.param)) names.push(...namesOfPattern(inner.param));
    if ((inner.type === 'FunctionDeclaration' || inner.type === 'ClassDeclaration') && isSyntax(inner.id)) {
      names.push(...namesOfPattern(inner.id));
    }
    if (!isFunction(inner)) for (const child of childrenOf(inner)) walk(child);
  };
  walk(node.body as Syntax);
  return names;
}
