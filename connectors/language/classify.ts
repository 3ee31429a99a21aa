import type { Expression, Node } from 'acorn';
import type { ArgumentSource } from '../language.ts';
import { readLiteral } from './read-literal.ts';

type Classified = { readonly source: ArgumentSource } | { readonly problem: string };

/** Names that only the server knows, and must resolve alone (Q12). */
const SERVER_NAMES = ['currentUser', 'constants'];
const CHANGING = new Set([
  'AssignmentExpression',
  'UpdateExpression',
  'AwaitExpression',
  'YieldExpression',
  'ImportExpression',
  'SequenceExpression',
]);
const FORBIDDEN_NAMES = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * Decides who computes an expression: the server for `currentUser.*`, `constants.*` and literals standing alone, the
 * browser for everything else. An expression that mixes the two is refused: what the browser computes cannot be trusted
 * to hold the person's identity.
 */
export function classify(node: Expression): Classified {
  const literal = readLiteral(node);
  if (literal !== null) {
    return 'problem' in literal ? literal : { source: { from: 'literal', value: literal.value } };
  }
  const path = pathOf(node);
  if (path !== null && path[0] === 'currentUser') return identity(path);
  if (path !== null && path[0] === 'constants') return constant(path);
  const found = survey(node as unknown as Tree);
  if (found.changes) {
    return {
      problem:
        'Expressions can only read values. They cannot assign, await, import or contain several expressions.',
    };
  }
  if (found.serverName !== null) {
    return {
      problem: `“${found.serverName}” can only stand alone in a hole, such as {{ ${
        found.serverName === 'constants' ? 'constants.name' : 'currentUser.email'
      } }}: the server resolves it, and no browser may compute with it. Combine values in the query's own language instead.`,
    };
  }
  if (found.forbidden !== null) return { problem: `“${found.forbidden}” cannot be used in an expression.` };
  return { source: { from: 'user' } };
}

function identity(path: readonly string[]): Classified {
  const [, field, attribute] = path;
  if (path.length === 2 && (field === 'id' || field === 'email' || field === 'name' || field === 'groups')) {
    return { source: { from: 'identity', field } };
  }
  if (path.length === 3 && field === 'attributes' && attribute !== undefined && plain(attribute)) {
    return { source: { from: 'attribute', name: attribute } };
  }
  return {
    problem: 'currentUser only has id, email, name, groups and attributes.<name>.',
  };
}

function constant(path: readonly string[]): Classified {
  const name = path[1];
  if (path.length === 2 && name !== undefined && plain(name)) return { source: { from: 'constant', name } };
  return { problem: 'Use constants as {{ constants.name }}.' };
}

const plain = (name: string): boolean =>
  /^[A-Za-z_][A-Za-z0-9_.-]{0,62}$/.test(name) && !FORBIDDEN_NAMES.has(name);

/** `a.b['c']` as `['a', 'b', 'c']`; null for anything else, such as `a?.b`, which the parser wraps in a chain. */
function pathOf(node: Node): string[] | null {
  const it = node as Expression;
  if (it.type === 'Identifier') return [it.name];
  if (it.type !== 'MemberExpression') return null;
  const before = pathOf(it.object);
  if (before === null) return null;
  const { property } = it;
  if (!it.computed && property.type === 'Identifier') return [...before, property.name];
  if (it.computed && property.type === 'Literal' && typeof property.value === 'string') {
    return [...before, property.value];
  }
  return null;
}

interface Tree {
  readonly type?: string;
  readonly [key: string]: unknown;
}
interface Survey {
  changes: boolean;
  serverName: string | null;
  forbidden: string | null;
}

function survey(root: Tree): Survey {
  const found: Survey = { changes: false, serverName: null, forbidden: null };
  const visit = (value: unknown, key: string, parent: Tree): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, key, parent);
      return;
    }
    if (value === null || typeof value !== 'object') return;
    const node = value as Tree;
    if (node.type === undefined) return;
    if (CHANGING.has(node.type)) found.changes = true;
    if (node.type === 'UnaryExpression' && node.operator === 'delete') found.changes = true;
    if (node.type === 'Identifier') {
      const name = String(node.name);
      const member = (key === 'property' || key === 'key') && parent.computed === false && !parent.shorthand;
      if (!member && SERVER_NAMES.includes(name)) found.serverName = name;
      if (FORBIDDEN_NAMES.has(name)) found.forbidden = name;
    }
    for (const [childKey, child] of Object.entries(node)) visit(child, childKey, node);
  };
  visit(root, '', {});
  return found;
}
