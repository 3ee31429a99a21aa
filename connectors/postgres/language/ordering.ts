import type { Outline } from '../../language.ts';
import { as, isTree, list, names, type Tree } from './tree.ts';

/** The order that the statement itself gives its rows. */
export function ordering(statement: Tree): Pick<Outline, 'order' | 'ordered'> {
  const items = list(as(statement, 'SelectStmt')?.sortClause);
  const order: Outline['order'][number][] = [];
  for (const item of items) {
    const by = as(item, 'SortBy');
    const column = by === null ? null : sortColumn(by.node);
    const readable =
      by !== null &&
      (by.sortby_nulls === undefined || by.sortby_nulls === 'SORTBY_NULLS_DEFAULT') &&
      by.sortby_dir !== 'SORTBY_USING';
    if (column === null || !readable) return { order: [], ordered: true };
    order.push({ column, direction: by.sortby_dir === 'SORTBY_DESC' ? 'desc' : 'asc' });
  }
  return { order, ordered: items.length > 0 };
}

function sortColumn(node: unknown): string | number | null {
  const fields = names(as(node, 'ColumnRef')?.fields);
  if (fields.length === 1 && fields[0] !== '*') return fields[0] ?? null;
  const constant = as(node, 'A_Const');
  const position = isTree(constant?.ival) ? constant.ival.ival : undefined;
  return typeof position === 'number' ? position : null;
}
