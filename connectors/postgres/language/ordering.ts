import type { Outline } from '../../language.ts';
import { as, isTree, list, names, type Tree } from './tree.ts';

/** The order that the statement itself gives its rows. */
export function ordering(statement: Tree): Pick<Outline, 'order' | 'ordered'> {
  const select = as(statement, 'SelectStmt');
  const items = list(select?.sortClause);
  const order: Outline['order'][number][] = [];
  for (const item of items) {
    const by = as(item, 'SortBy');
    const column = by === null ? null : sortColumn(by.node, select);
    const readable =
      by !== null &&
      (by.sortby_nulls === undefined || by.sortby_nulls === 'SORTBY_NULLS_DEFAULT') &&
      by.sortby_dir !== 'SORTBY_USING';
    if (column === null || !readable) return { order: [], ordered: true };
    order.push({ column, direction: by.sortby_dir === 'SORTBY_DESC' ? 'desc' : 'asc' });
  }
  return { order, ordered: items.length > 0 };
}

interface Target {
  /** As the statement names it; null where PostgreSQL does. */
  readonly name: string | null;
  /** The column that it is: `['o', 'placed']`; empty for anything else. */
  readonly fields: readonly string[];
}

function sortColumn(node: unknown, select: Tree | null): string | number | null {
  const fields = names(as(node, 'ColumnRef')?.fields);
  const targets = list(select?.targetList).map((item): Target => {
    const { name, val } = as(item, 'ResTarget') ?? {};
    return { name: typeof name === 'string' ? name : null, fields: names(as(val, 'ColumnRef')?.fields) };
  });
  const [column = null, part] = fields;
  if (fields.length === 1 && column !== '*') return column && unqualified(column, targets, readsOne(select));
  if (fields.length === 2 && column && part) return qualified(column, part, targets, readsOne(select));
  const constant = as(node, 'A_Const');
  const position = isTree(constant?.ival) ? constant.ival.ival : undefined;
  return typeof position === 'number' ? position : null;
}

/** One table or sub-select is all that it reads: a column is the same with a name before it and without. */
function readsOne(select: Tree | null): boolean {
  const [only, ...others] = list(select?.fromClause);
  return others.length === 0 && (as(only, 'RangeVar') ?? as(only, 'RangeSubselect')) !== null;
}

/** A name of the result, which goes first, or of a column that the select list gives another. */
function unqualified(column: string, targets: readonly Target[], one: boolean): string {
  // What is not named may be called so: a function, or a column in a star.
  const named = targets.some(({ name, fields }) => {
    const called = name ?? fields.at(-1) ?? '*';
    return called === column || called === '*';
  });
  if (named || !one) return column;
  return targets.find(({ fields }) => fields.at(-1) === column)?.name ?? column;
}

/** `o.placed`, by the name under which the select list answers it: itself, or in `o.*`. */
function qualified(table: string, column: string, targets: readonly Target[], one: boolean): string | null {
  for (const { name, fields } of targets) {
    const its = fields.length === 2 ? fields[0] === table : one && fields.length === 1;
    if (its && fields.at(-1) === '*') return column;
    if (its && fields.at(-1) === column) return name ?? column;
  }
  return null;
}
