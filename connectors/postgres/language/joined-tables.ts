import type { ColumnName, Equality, JoinedTable, JoinedTables, Operand } from '../../language.ts';
import { repeatsNoRow } from './set-returning.ts';
import { as, isTree, list, names, type Tree } from './tree.ts';

/** Which tables a select joins and by which equalities, when that is what makes its rows; null when it does more. */
export function joinedTables(statement: Tree): JoinedTables | null {
  const select = as(statement, 'SelectStmt');
  if (select === null) return null;
  const plain =
    select.op === 'SETOP_NONE' &&
    select.withClause === undefined &&
    select.groupClause === undefined &&
    select.distinctClause === undefined &&
    select.valuesLists === undefined;
  const from = list(select.fromClause);
  const found: Found = { tables: [], equalities: [] };
  if (!plain || from.length === 0 || !from.every((item) => join(item, found))) return null;
  equate(select.whereClause, null, found);
  const references = rowReferences([select.targetList, select.sortClause]);
  if (references === null) return null;
  return { ...found, outputs: outputsOf(select), references };
}

interface Found {
  readonly tables: JoinedTable[];
  readonly equalities: Equality[];
}

function join(item: unknown, found: Found): boolean {
  const table = as(item, 'RangeVar');
  if (table !== null) return enter(table, false, [], found);
  const made = as(item, 'JoinExpr');
  const left = made?.jointype === 'JOIN_LEFT';
  if (made === null || (!left && made.jointype !== 'JOIN_INNER')) return false;
  // An alias of the whole join hides the names inside of it.
  if (made.isNatural === true || made.alias !== undefined || !join(made.larg, found)) return false;
  const merged = names(made.usingClause);
  const right = as(made.rarg, 'RangeVar');
  const at = found.tables.length;
  if (right !== null) {
    if (!enter(right, left, merged, found)) return false;
  } else if (left || merged.length > 0 || !join(made.rarg, found)) return false;
  const of = left ? at : null;
  for (const column of merged) {
    const sides = [
      { table: null, column },
      { table: found.tables[at]?.alias ?? null, column },
    ] as const;
    found.equalities.push({ of, sides, before: at });
  }
  equate(made.quals, of, found);
  return true;
}

function enter(table: Tree, left: boolean, merged: readonly string[], found: Found): boolean {
  const alias = isTree(table.alias) ? table.alias : {};
  // `t as u (a, b)` gives the columns other names than the table's.
  if (list(alias.colnames).length > 0) return false;
  const name = String(table.relname);
  const schema = typeof table.schemaname === 'string' ? table.schemaname : null;
  found.tables.push({
    relation: { schema, name },
    alias: typeof alias.aliasname === 'string' ? alias.aliasname : name,
    left,
    merged,
  });
  return true;
}

/** The equalities of a conjunction. */
function equate(condition: unknown, of: number | null, found: Found): void {
  const both = as(condition, 'BoolExpr');
  if (both?.boolop === 'AND_EXPR') for (const one of list(both.args)) equate(one, of, found);
  const compared = as(condition, 'A_Expr');
  if (compared?.kind !== 'AEXPR_OP' || names(compared.name).join('.') !== '=') return;
  const [one, other] = [operand(compared.lexpr), operand(compared.rexpr)];
  if (one !== null && other !== null) found.equalities.push({ of, sides: [one, other] });
}

function operand(node: unknown): Operand | null {
  const parameter = as(node, 'ParamRef');
  if (typeof parameter?.number === 'number') return { bind: parameter.number - 1 };
  const constant = as(node, 'A_Const');
  if (constant?.ival !== undefined) return { kind: 'integer' };
  // A quoted literal is read as the type beside it.
  if (constant?.sval !== undefined) return { kind: null };
  const name = columnName(node);
  return name === null || name.column === '*' ? null : name;
}

function columnName(node: unknown): ColumnName | null {
  const fields = names(as(node, 'ColumnRef')?.fields);
  const column = fields.at(-1);
  if (column === undefined || fields.length > 2) return null;
  return { table: fields.length === 2 ? (fields[0] ?? null) : null, column };
}

function outputsOf(select: Tree): JoinedTables['outputs'] {
  return list(select.targetList).flatMap((item) => {
    const target = as(item, 'ResTarget');
    const value = columnName(target?.val);
    if (value === null) return [];
    return [{ value, name: typeof target?.name === 'string' ? target.name : value.column }];
  });
}

/**
 * The names before a dot and after it that decide how many rows there are: of what is no column, `t.f` calls the function
 * `f(t)`, which may return a set. Null when such a function is called, or may be, in the select list or the order.
 */
function rowReferences(node: unknown): readonly ColumnName[] | null {
  const references: ColumnName[] = [];
  const waiting: unknown[] = [node];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...next);
    if (!isTree(next)) continue;
    const fields = names(as(next, 'ColumnRef')?.fields);
    if (fields.length > 1 && fields.at(-1) !== '*') {
      const name = columnName(next);
      if (name === null) return null;
      references.push(name);
    }
    if (list(as(next, 'A_Indirection')?.indirection).some((item) => as(item, 'String') !== null)) return null;
    const call = as(next, 'FuncCall');
    if (call !== null && !repeatsNoRow(names(call.funcname))) return null;
    for (const [kind, child] of Object.entries(next)) if (kind !== 'subselect') waiting.push(child);
  }
  return references;
}
