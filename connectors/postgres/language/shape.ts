import type { BaseTable, Outline } from '../../language.ts';
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

/** The one table of a plain select, and which of its columns stand in the result as they are. */
export function baseTable(statement: Tree): BaseTable | null {
  const select = as(statement, 'SelectStmt');
  if (select === null) return null;
  const plain =
    select.op === 'SETOP_NONE' &&
    select.withClause === undefined &&
    select.groupClause === undefined &&
    select.distinctClause === undefined &&
    select.valuesLists === undefined;
  const from = list(select.fromClause);
  const table = from.length === 1 ? as(from[0], 'RangeVar') : null;
  // `from t as u (a, b)` gives the columns other names than the table's.
  const renamed = list(isTree(table?.alias) ? table.alias.colnames : undefined).length > 0;
  if (!plain || table === null || renamed) return null;
  const columns: Record<string, string> = {};
  let star = false;
  for (const item of list(select.targetList)) {
    const target = as(item, 'ResTarget');
    const fields = names(as(target?.val, 'ColumnRef')?.fields);
    const column = fields.at(-1);
    if (target === null || column === undefined) continue;
    if (column === '*') star = true;
    else columns[column] = typeof target.name === 'string' ? target.name : column;
  }
  return {
    schema: typeof table.schemaname === 'string' ? table.schemaname : null,
    table: String(table.relname),
    columns: star ? '*' : columns,
  };
}
