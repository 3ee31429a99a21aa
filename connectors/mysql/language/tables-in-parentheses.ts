import { relationKey } from '../../language/relation-key.ts';
import type { RelationName } from '../../port.ts';

interface Node {
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/**
 * The tables that the parser's own list leaves out: those of a join in parentheses, `t join (u join v on …) on …`, and those
 * that one in parentheses is joined with. `told` are those of the list.
 */
export function tablesInParentheses(
  ast: Node,
  told: readonly RelationName[],
  ctes: ReadonlySet<string>,
): readonly RelationName[] {
  const known = new Set(told.map(relationKey));
  // What a DELETE lists are names for the tables of its FROM.
  const { table, ...rest } = ast;
  const found = namedIn(ast.type === 'delete' ? rest : ast).filter(
    (relation) => !known.has(relationKey(relation)) && (relation.schema !== null || !ctes.has(relation.name)),
  );
  return [...new Map(found.map((relation) => [relationKey(relation), relation])).values()];
}

/** Every table that a part of the parser's tree names, in parentheses or not; on request, without those of its sub-selects. */
export function namedIn(
  part: unknown,
  more: { readonly queries: boolean } = { queries: true },
): RelationName[] {
  const found: RelationName[] = [];
  const waiting: unknown[] = [part];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (!isNode(node) || (node.type === 'select' && !more.queries)) continue;
    waiting.push(...Object.values(node));
    if (node.type !== 'column_ref' && typeof node.table === 'string' && 'db' in node && 'as' in node)
      found.push({ schema: typeof node.db === 'string' ? node.db : null, name: node.table });
  }
  return found;
}
