import { parseExpressionAt } from 'acorn';
import { childrenOf, isFunction, isSyntax, namesOfFunction, type Syntax } from '../../runtime/sandbox/ast.ts';

/** A place where an expression reads a free name. `shorthand`: `{ name }`, which a rename must write out. */
export interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly shorthand: boolean;
  /** The property read of it, when written as `name.property` or `name['property']`. */
  readonly property: { readonly name: string; readonly start: number; readonly end: number } | undefined;
}

/** The free names that an expression reads; none when it does not parse. */
export function referencesOf(expression: string): Reference[] {
  const found: Reference[] = [];
  try {
    visit(parseExpressionAt(expression, 0, { ecmaVersion: 'latest' }) as Syntax, new Set(), found);
  } catch {
    return [];
  }
  return found;
}

function visit(node: Syntax, bound: ReadonlySet<string>, found: Reference[], shorthand = false): void {
  const inner = isFunction(node) ? new Set([...bound, ...namesOfFunction(node)]) : bound;
  switch (node.type) {
    case 'Identifier': {
      const name = String(node.name);
      if (!bound.has(name))
        found.push({ name, start: node.start, end: node.end, shorthand, property: undefined });
      return;
    }
    case 'MemberExpression':
      visitMember(node, bound, found);
      return;
    case 'LabeledStatement':
      visit(node.body as Syntax, bound, found);
      return;
    case 'BreakStatement':
    case 'ContinueStatement':
      return;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      if (node.computed) visit(node.key as Syntax, bound, found);
      if (isSyntax(node.value)) visit(node.value, bound, found, node.shorthand === true);
      return;
    default:
      for (const child of childrenOf(node)) visit(child, inner, found);
  }
}

function visitMember(node: Syntax, bound: ReadonlySet<string>, found: Reference[]): void {
  const object = node.object as Syntax;
  const property = node.property as Syntax;
  const before = found.length;
  visit(object, bound, found);
  const named = nameIn(node.computed === true, property);
  if (named === undefined) {
    visit(property, bound, found);
    return;
  }
  const reference = found[before];
  if (object.type === 'Identifier' && reference) found[before] = { ...reference, property: named };
}

/** The name of a property and where it stands, without the quotes around it. */
function nameIn(computed: boolean, { type, name, value, start, end }: Syntax): Reference['property'] {
  if (!computed) return { name: String(name), start, end };
  return type === 'Literal' && typeof value === 'string'
    ? { name: value, start: start + 1, end: end - 1 }
    : undefined;
}
