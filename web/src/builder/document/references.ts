import { type Node, parseExpressionAt } from 'acorn';

/** A place where an expression reads a free name. `shorthand`: `{ name }`, which a rename must write out. */
export interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly shorthand: boolean;
  /** The property read of it, when written as `name.property`. */
  readonly property: { readonly name: string; readonly start: number; readonly end: number } | undefined;
}

type Fields = Node & Record<string, unknown>;
const isNode = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** The free names that an expression reads; none when it does not parse. */
export function referencesOf(expression: string): Reference[] {
  const found: Reference[] = [];
  try {
    visit(parseExpressionAt(expression, 0, { ecmaVersion: 'latest' }) as Fields, new Set(), found);
  } catch {
    return [];
  }
  return found;
}

function visit(node: Fields, bound: ReadonlySet<string>, found: Reference[], shorthand = false): void {
  switch (node.type) {
    case 'Identifier': {
      const name = String(node.name);
      if (!bound.has(name)) {
        found.push({ name, start: node.start, end: node.end, shorthand, property: undefined });
      }
      return;
    }
    case 'MemberExpression':
      visitMember(node, bound, found);
      return;
    case 'Property': {
      if (node.computed) visit(node.key as Fields, bound, found);
      visit(node.value as Fields, bound, found, node.shorthand === true);
      return;
    }
    case 'ArrowFunctionExpression':
    case 'FunctionExpression': {
      const inner = new Set(bound);
      if (isNode(node.id)) inner.add(String(node.id.name));
      const params = node.params as Fields[];
      for (const param of params) declare(param, inner);
      for (const param of params) visitDefaults(param, inner, found);
      const body = node.body as Fields;
      if (body.type === 'BlockStatement') declareStatements(body, inner);
      visit(body, inner, found);
      return;
    }
    case 'VariableDeclarator': {
      if (isNode(node.init)) visit(node.init, bound, found);
      visitDefaults(node.id as Fields, bound, found);
      return;
    }
    default:
      for (const child of children(node)) visit(child, bound, found);
  }
}

function visitMember(node: Fields, bound: ReadonlySet<string>, found: Reference[]): void {
  const object = node.object as Fields;
  const property = node.property as Fields;
  const before = found.length;
  visit(object, bound, found);
  if (node.computed) {
    visit(property, bound, found);
    return;
  }
  const reference = found[before];
  if (object.type === 'Identifier' && reference) {
    found[before] = {
      ...reference,
      property: { name: String(property.name), start: property.start, end: property.end },
    };
  }
}

/** Names that a parameter or a declaration makes. */
function declare(pattern: Fields, into: Set<string>): void {
  if (pattern.type === 'Identifier') into.add(String(pattern.name));
  else if (pattern.type === 'AssignmentPattern') declare(pattern.left as Fields, into);
  else if (pattern.type === 'RestElement') declare(pattern.argument as Fields, into);
  else if (pattern.type === 'Property') declare(pattern.value as Fields, into);
  else for (const child of children(pattern)) declare(child, into);
}

/** Default values inside a pattern read names; the pattern itself does not. */
function visitDefaults(pattern: Fields, bound: ReadonlySet<string>, found: Reference[]): void {
  if (pattern.type === 'Identifier') return;
  if (pattern.type === 'AssignmentPattern') {
    visit(pattern.right as Fields, bound, found);
    visitDefaults(pattern.left as Fields, bound, found);
    return;
  }
  if (pattern.type === 'Property') {
    if (pattern.computed) visit(pattern.key as Fields, bound, found);
    visitDefaults(pattern.value as Fields, bound, found);
    return;
  }
  for (const child of children(pattern)) visitDefaults(child, bound, found);
}

/** Function bodies: every declaration in them counts for the whole body, which errs on leaving a name alone. */
function declareStatements(node: Fields, into: Set<string>): void {
  if (node.type === 'VariableDeclarator') declare(node.id as Fields, into);
  if (node.type === 'FunctionDeclaration' && isNode(node.id)) into.add(String(node.id.name));
  for (const child of children(node)) declareStatements(child, into);
}

function* children(node: Fields): Generator<Fields> {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) yield item;
    } else if (isNode(value)) yield value;
  }
}
