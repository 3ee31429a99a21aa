import type { Outline } from '../../language.ts';
import { as, isTree, list, names, type Tree } from './tree.ts';

/** The order that the statement itself gives its rows. */
export function ordering(statement: Tree): Pick<Outline, 'order' | 'ordered'> {
  const select = as(statement, 'SelectStmt');
  const items = list(select?.sortClause);
  const order: Outline['order'][number][] = [];
  for (const item of items) {
    const by = as(item, 'SortBy');
    const column = by === null ? null : sortColumn(by.node, list(select?.targetList));
    const readable =
      by !== null &&
      (by.sortby_nulls === undefined || by.sortby_nulls === 'SORTBY_NULLS_DEFAULT') &&
      by.sortby_dir !== 'SORTBY_USING';
    if (column === null || !readable) return { order: [], ordered: true };
    order.push({ column, direction: by.sortby_dir === 'SORTBY_DESC' ? 'desc' : 'asc' });
  }
  return { order, ordered: items.length > 0 };
}

function sortColumn(node: unknown, targets: readonly unknown[]): string | number | null {
  const fields = names(as(node, 'ColumnRef')?.fields);
  if (fields.length === 1 && fields[0] !== '*') return fields[0] ?? null;
  if (fields.length === 2) return qualified(fields, targets);
  const constant = as(node, 'A_Const');
  const position = isTree(constant?.ival) ? constant.ival.ival : undefined;
  return typeof position === 'number' ? position : null;
}

/** `o.placed`, by the name under which the select list answers it: itself, or in `o.*`. */
function qualified([table, column]: readonly string[], targets: readonly unknown[]): string | null {
  for (const item of targets) {
    const target = as(item, 'ResTarget');
    const fields = names(as(target?.val, 'ColumnRef')?.fields);
    if (fields.length !== 2 || fields[0] !== table) continue;
    if (fields[1] === '*') return column ?? null;
    if (fields[1] === column) return typeof target?.name === 'string' ? target.name : (column ?? null);
  }
  return null;
}
