import { as, isTree, names, type Tree } from '../tree.ts';
import { type Env, readReference } from './scope.ts';
import type { Walk } from './walk.ts';

/** Reads every column reference of an expression; sub-selects in it see this level from inside. */
export function walkExpression(walk: Walk, node: unknown, env: Env): void {
  if (Array.isArray(node)) {
    for (const item of node) walkExpression(walk, item, env);
    return;
  }
  if (!isTree(node)) return;
  for (const [kind, body] of Object.entries(node)) {
    if (!isTree(body)) walkExpression(walk, body, env);
    else if (kind === 'ColumnRef') readColumnRef(walk, body, env);
    else if (kind === 'SelectStmt') walk.select(body, env);
    // A table outside of FROM: nothing here knows what that means.
    else if (kind === 'RangeVar') walk.touches.anything();
    else if (kind !== 'MultiAssignRef' || body.colno === 1) walkExpression(walk, body, env);
  }
}

export function readColumnRef(walk: Walk, body: Tree, env: Env): void {
  walk.seen.add(body);
  if (!readReference(names(body.fields), env.scope)) walk.touches.anything();
}

/** `name` when the node is that name alone, which ORDER BY and GROUP BY may take as a column of the result. */
export function bareName(node: unknown): { readonly name: string; readonly body: Tree } | null {
  const body = as(node, 'ColumnRef');
  const fields = names(body?.fields);
  return body === null || fields.length !== 1 || fields[0] === '*' ? null : { name: fields[0] ?? '', body };
}
