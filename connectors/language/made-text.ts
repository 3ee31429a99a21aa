import { type Expression, type Node, parseExpressionAt } from 'acorn';

/** What makes one text of a value that is bound whole: `ids.join(',')` of a list, `JSON.stringify(row)` of a JSON value. */
export type Maker = 'join' | 'stringify';

/** Quotes of SQL that are put around items, as in `ids.map((id) => "'" + id + "'")`: without `join` they would be a part of them. */
const QUOTING = /["`]'|'["`]/;

/**
 * Whether an expression is such a text by its own form, in one branch of it at least, as in `ids ? ids.join(',') : ''`; and
 * where it is nothing else, the source of what the text is made of.
 */
export function madeText(expression: string, maker: Maker): { readonly of: string | null } | null {
  const root = parseExpressionAt(expression, 0, { ecmaVersion: 2024 });
  const whole = MAKERS[maker](root);
  if (whole !== null) {
    const of = expression.slice(whole.start, whole.end);
    return { of: QUOTING.test(of) ? null : of };
  }
  return isMade(root, maker) ? { of: null } : null;
}

/** What the text is made of, where the node is the call that makes it. */
const MAKERS: Readonly<Record<Maker, (node: Node) => Node | null>> = {
  join: (node) => {
    const call = calledBy(node, 'join');
    // By another sign, it may be the parts of one item.
    return call !== null && (call.given === null || commaIn(call.given)) ? call.on : null;
  },
  stringify: (node) => {
    const call = calledBy(node, 'stringify');
    return call?.on.type === 'Identifier' && (call.on as Expression & { name: string }).name === 'JSON'
      ? call.given
      : null;
  },
};

function isMade(node: Node, maker: Maker): boolean {
  if (MAKERS[maker](node) !== null) return true;
  const it = node as Expression;
  switch (it.type) {
    case 'ConditionalExpression':
      return isMade(it.consequent, maker) || isMade(it.alternate, maker);
    case 'LogicalExpression':
      return isMade(it.left, maker) || isMade(it.right, maker);
    case 'TemplateLiteral':
      return maker === 'join' && it.expressions.some((part) => isMade(part, maker));
    case 'BinaryExpression':
      return maker === 'join' && it.operator === '+' && (isMade(it.left, maker) || isMade(it.right, maker));
    default:
      return false;
  }
}

/** `on.name(given, …)`, also as `on?.name(…)`. */
function calledBy(node: Node, name: string): { readonly on: Node; readonly given: Node | null } | null {
  const it = node.type === 'ChainExpression' ? (node as Expression & { expression: Node }).expression : node;
  const call = it as Expression;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return null;
  const { object, property, computed } = call.callee;
  if (computed || property.type !== 'Identifier' || property.name !== name) return null;
  return { on: object, given: call.arguments[0] ?? null };
}

function commaIn(node: Node): boolean {
  const it = node as Expression;
  if (it.type === 'Literal') return String(it.value).includes(',');
  return it.type === 'TemplateLiteral' && it.quasis.some(({ value }) => value.raw.includes(','));
}
