import type { TouchedTable } from '@sallyport/contract';
import { relationKey } from '../../../language/relation-key.ts';
import { gatherTouches } from '../../../language/touches.ts';
import type { RelationColumns } from '../../../port.ts';
import { as, isTree, type Tree } from '../tree.ts';
import { walkDelete, walkInsert, walkMerge, walkUpdate } from './change.ts';
import { walkExpression } from './expression.ts';
import type { Known, Output } from './relation.ts';
import { walkSelect } from './select.ts';
import { TooWide, type Walk } from './walk.ts';

const CHANGES = {
  InsertStmt: walkInsert,
  UpdateStmt: walkUpdate,
  DeleteStmt: walkDelete,
  MergeStmt: walkMerge,
} as const;

/**
 * Which columns of which tables one statement reads and writes (Q5), by the engine's rules of what a name means. Never
 * fewer than it needs: each reference of the tree must have been read, and where that, a name or a table cannot be told,
 * `columns` is null. Null when nothing could be told at all.
 */
export function touchedColumns(
  statement: Tree,
  known: ReadonlyMap<string, RelationColumns>,
  spend: (columns: number) => boolean,
): readonly TouchedTable[] | null {
  const touches = gatherTouches(known);
  const kept = new Map<string, Known>();
  const walk: Walk = {
    touches,
    seen: new Set(),
    known: (table) => {
      const key = relationKey(table);
      const said = known.get(key);
      if (said === undefined || kept.has(key)) return kept.get(key);
      const { columns, hidden } = said;
      kept.set(key, { columns, listed: new Set(columns), hidden: new Set(hidden) });
      return kept.get(key);
    },
    spend: (columns) => {
      if (!spend(columns)) throw new TooWide();
    },
    expression: (node, env) => walkExpression(walk, node, env),
    select: (body, env, left) => walkSelect(walk, body, env, left),
    statement: (node, env, left) => walkStatement(walk, node, env, left),
  };
  try {
    walk.statement(statement, { scope: null, ctes: null });
    if (references(statement) !== walk.seen.size) return null;
  } catch (error) {
    // Nested too deeply for this walk, though not for the grammar.
    if (error instanceof TooWide || error instanceof RangeError) return null;
    throw error;
  }
  return touches.tables();
}

const walkStatement: (...given: [Walk, ...Parameters<Walk['statement']>]) => Output = (
  walk,
  node,
  env,
  left,
) => {
  const select = as(node, 'SelectStmt');
  if (select !== null) return walk.select(select, env, left);
  for (const [kind, change] of Object.entries(CHANGES)) {
    const body = as(node, kind);
    if (body !== null) return change(walk, body, env);
  }
  walk.touches.anything();
  return { columns: [], ordered: false, open: true };
};

/** How many column references a tree holds, found without knowing what any node means. */
function references(node: unknown): number {
  let count = 0;
  const waiting: unknown[] = [node];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) for (const item of next) waiting.push(item);
    else if (isTree(next)) {
      for (const [kind, child] of Object.entries(next)) {
        if (kind === 'ColumnRef') count += 1;
        // `(a, b) = (…)` holds its right side once for each column.
        if (kind !== 'MultiAssignRef' || (isTree(child) && child.colno === 1)) waiting.push(child);
      }
    }
  }
  return count;
}
