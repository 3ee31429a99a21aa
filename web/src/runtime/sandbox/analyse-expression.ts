import { childrenOf, isFunction, isSyntax, namesOfFunction, type Syntax } from './ast.ts';
import { AVAILABLE_GLOBALS } from './available-globals.ts';

/** A use of a name of the app; `property` is null when the whole object is used. */
export interface Use {
  readonly root: string;
  readonly property: string | null;
}

export interface Analysis {
  readonly uses: readonly Use[];
  /** Where `?` or `?.` goes into the text, so that a path over something empty is empty instead of an error. */
  readonly insertions: readonly { readonly at: number; readonly text: string }[];
  /** Set when the expression is nothing but a path: `['query1', 'data']`. */
  readonly path: readonly string[] | null;
}

const REFUSED: Readonly<Record<string, string>> = {
  ImportExpression: 'Expressions cannot use import.',
  MetaProperty: 'Expressions cannot use import.meta or new.target.',
  AwaitExpression: 'Expressions cannot use await. Run a query from an event instead.',
  YieldExpression: 'Expressions cannot use yield.',
  ThisExpression: 'Expressions cannot use “this”.',
};

/** `row => { name: row.name }` is a block with a label, which gives nothing. */
export const OBJECT_IN_BRACKETS =
  'An object that a function gives stands in brackets: (row) => ({ name: row.name }).';

const staticName = (member: Syntax): string | null => {
  const property = member.property as Syntax;
  if (member.computed !== true) return property.type === 'Identifier' ? (property.name as string) : null;
  return property.type === 'Literal' &&
    (typeof property.value === 'string' || typeof property.value === 'number')
    ? String(property.value)
    : null;
};

const rootOf = (node: Syntax): Syntax => {
  let at = node;
  while (at.type === 'MemberExpression') at = at.object as Syntax;
  return at;
};

/** What is written to by an assignment: `[a, b.c] = …` writes to both. */
function targetsOf(target: Syntax): Syntax[] {
  switch (target.type) {
    case 'ArrayPattern':
      return (target.elements as (Syntax | null)[]).flatMap((one) => (one === null ? [] : targetsOf(one)));
    case 'ObjectPattern':
      return (target.properties as Syntax[]).flatMap(targetsOf);
    case 'Property':
      return targetsOf(target.value as Syntax);
    case 'AssignmentPattern':
      return targetsOf(target.left as Syntax);
    case 'RestElement':
      return targetsOf(target.argument as Syntax);
    default:
      return [target];
  }
}

/** Whose a target is, also behind a call: what `list.data.find(…)` gives is the app's, and `groups.get(…)` who made those. */
function ownerOf(target: Syntax): Syntax {
  const root = rootOf(target.type === 'ChainExpression' ? (target.expression as Syntax) : target);
  return root.type === 'CallExpression' ? ownerOf(root.callee as Syntax) : root;
}

function pathOf(node: Syntax): string[] | null {
  if (node.type === 'ChainExpression') return pathOf(node.expression as Syntax);
  if (node.type === 'Identifier')
    return AVAILABLE_GLOBALS.has(node.name as string) ? null : [node.name as string];
  if (node.type !== 'MemberExpression') return null;
  const before = pathOf(node.object as Syntax);
  const name = staticName(node);
  return before === null || name === null ? null : [...before, name];
}

/**
 * What an expression reads, by its syntax: an over-estimate (both arms of `a ? b : c`), so that dependencies never
 * change from one evaluation to the next and rows need no proxies. Throws a sentence for what is not an expression
 * over values: an assignment to the app's state, an import, a wait.
 */
export function analyseExpression(text: string, expression: Syntax): Analysis {
  const uses = new Map<string, Use>();
  const insertions: { at: number; text: string }[] = [];
  const use = (root: string, property: string | null): void => {
    if (!AVAILABLE_GLOBALS.has(root)) uses.set(`${root}.${property ?? ''}`, { root, property });
  };
  const isFree = (node: Syntax, bound: ReadonlySet<string>): boolean =>
    node.type === 'Identifier' && !bound.has(node.name as string);
  const refuseFreeTarget = (given: Syntax, bound: ReadonlySet<string>): void => {
    for (const target of targetsOf(given)) {
      const owner = ownerOf(target);
      // What a function of the language gives, such as `Object.assign({}, row)`, is new.
      const isNew = owner !== rootOf(target) && AVAILABLE_GLOBALS.has(owner.name as string);
      if (isFree(owner, bound) && !isNew)
        throw new Error('Expressions cannot change values. Set a variable from an event instead.');
    }
  };

  const visit = (node: Syntax, bound: ReadonlySet<string>, keepPlain: boolean): void => {
    const refusal = REFUSED[node.type];
    if (refusal !== undefined) throw new Error(refusal);
    if (isFunction(node)) {
      const inner = new Set([...bound, ...namesOfFunction(node)]);
      for (const child of childrenOf(node)) visit(child, inner, false);
      return;
    }
    switch (node.type) {
      case 'Identifier':
        if (isFree(node, bound)) use(node.name as string, null);
        return;
      case 'MemberExpression': {
        const object = node.object as Syntax;
        const root = rootOf(node);
        const ofTheApp = isFree(root, bound) && !AVAILABLE_GLOBALS.has(root.name as string);
        if (ofTheApp && node.optional !== true && !keepPlain) {
          const sign = node.computed === true ? '[' : '.';
          insertions.push({ at: text.indexOf(sign, object.end), text: sign === '[' ? '?.' : '?' });
        }
        if (isFree(object, bound)) use(object.name as string, staticName(node));
        else visit(object, bound, keepPlain);
        if (node.computed === true) visit(node.property as Syntax, bound, false);
        return;
      }
      case 'Property':
        if (node.computed === true) visit(node.key as Syntax, bound, false);
        visit(node.value as Syntax, bound, false);
        return;
      case 'AssignmentExpression':
        refuseFreeTarget(node.left as Syntax, bound);
        visit(node.left as Syntax, bound, true);
        visit(node.right as Syntax, bound, false);
        return;
      case 'UpdateExpression':
        refuseFreeTarget(node.argument as Syntax, bound);
        visit(node.argument as Syntax, bound, true);
        return;
      case 'UnaryExpression':
        if (node.operator === 'delete') refuseFreeTarget(node.argument as Syntax, bound);
        visit(node.argument as Syntax, bound, node.operator === 'delete');
        return;
      case 'NewExpression':
        visit(node.callee as Syntax, bound, true);
        for (const argument of node.arguments as Syntax[]) visit(argument, bound, false);
        return;
      case 'TaggedTemplateExpression':
        visit(node.tag as Syntax, bound, true);
        visit(node.quasi as Syntax, bound, false);
        return;
      case 'LabeledStatement': {
        const body = node.body as Syntax;
        if (body.type === 'ExpressionStatement') throw new Error(OBJECT_IN_BRACKETS);
        visit(body, bound, false);
        return;
      }
      case 'BreakStatement':
      case 'ContinueStatement':
        return;
      case 'MethodDefinition':
      case 'PropertyDefinition':
        if (node.computed === true) visit(node.key as Syntax, bound, false);
        if (isSyntax(node.value)) visit(node.value, bound, false);
        return;
      default:
        for (const child of childrenOf(node)) visit(child, bound, false);
    }
  };
  visit(expression, new Set(), false);
  return { uses: [...uses.values()], insertions, path: pathOf(expression) };
}
