import { relationKey } from '../../language/relation-key.ts';
import type { RelationName } from '../../port.ts';

/** What can stand before the dot of `o.id`, in small letters. */
export interface Qualifiers {
  /** By alias, or by its own name, the tables that it can mean anywhere in the statement. */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sub-selects and CTEs: what they read of tables is counted where they are written. */
  readonly derived: ReadonlySet<string>;
}

interface Node {
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Reads from the whole tree which names tables, sub-selects and CTEs go by, wherever in the statement they do. */
export function qualifiersOf(ast: unknown, ctes: ReadonlySet<string>): Qualifiers {
  const tables = new Map<string, Set<string>>();
  const derived = new Set([...ctes].map((name) => name.toLowerCase()));
  const waiting: unknown[] = [ast];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (!isNode(node)) continue;
    const alias = typeof node.as === 'string' ? node.as : null;
    if (node.type !== 'column_ref' && typeof node.table === 'string' && 'db' in node && 'as' in node) {
      const table: RelationName = {
        schema: typeof node.db === 'string' ? node.db : null,
        name: node.table,
      };
      const name = (alias ?? node.table).toLowerCase();
      tables.set(name, (tables.get(name) ?? new Set()).add(relationKey(table)));
    } else if (alias !== null && isNode(node.expr) && 'ast' in node.expr) derived.add(alias.toLowerCase());
    for (const child of Object.values(node)) waiting.push(child);
  }
  return { tables, derived };
}
