import { as, isTree, list, names, type Tree } from '../tree.ts';
import { bareName, readColumnRef } from './expression.ts';
import { walkFrom } from './from.ts';
import { NAMELESS, type Output, outputOf, type Relation } from './relation.ts';
import { type Env, readHere } from './scope.ts';
import type { Walk } from './walk.ts';
import { withCtes } from './with-ctes.ts';

/** One SELECT, VALUES or set operation; answers its columns. */
export function walkSelect(walk: Walk, body: Tree, around: Env, left?: (output: Output) => void): Output {
  const env = withCtes(walk, body.withClause, around);
  if (isTree(body.larg) && isTree(body.rarg)) {
    const output = walk.select(body.larg, env, left);
    left?.(output);
    walk.select(body.rarg, env);
    order(walk, body.sortClause, env, output);
    walk.expression([body.limitCount, body.limitOffset], env);
    return output;
  }
  const from = walkFrom(walk, list(body.fromClause), env);
  const inside: Env = { ...env, scope: { relations: from.relations, outer: env.scope } };
  walk.expression(body.valuesLists, env);
  const output =
    body.valuesLists === undefined ? targets(walk, list(body.targetList), inside, from) : values(body);
  walk.expression([body.whereClause, body.havingClause, body.windowClause], inside);
  walk.expression([body.limitCount, body.limitOffset], inside);
  group(walk, body.groupClause, inside, output);
  order(walk, body.distinctClause, inside, output);
  order(walk, body.sortClause, inside, output);
  return output;
}

/** The columns of a target list or of RETURNING. */
export function targets(
  walk: Walk,
  items: readonly unknown[],
  env: Env,
  from: { readonly relations: readonly Relation[]; readonly merged: boolean },
): Output {
  const columns: string[] = [];
  let [ordered, open] = [true, false];
  for (const item of items) {
    const target = as(item, 'ResTarget') ?? {};
    walk.expression(target.val, env);
    const fields = names(as(target.val, 'ColumnRef')?.fields);
    if (fields.at(-1) === '*') {
      const name = fields.at(-2);
      const starred = name === undefined ? from.relations : from.relations.filter((one) => one.name === name);
      const output = outputOf(starred, from.merged && name === undefined);
      walk.spend(output.columns.length);
      for (const column of output.columns) columns.push(column);
      ordered &&= output.ordered && starred.length > 0;
      open ||= output.open || starred.length === 0;
      continue;
    }
    const name = typeof target.name === 'string' ? target.name : ownName(target.val);
    columns.push(name ?? NAMELESS);
    // `(f(x)).*` is several columns.
    if (name === null) [ordered, open] = [ordered && as(target.val, 'A_Indirection') === null, true];
  }
  return { columns, ordered, open };
}

/** The name that the engine gives a column (`FigureColname`), where that is sure. */
function ownName(node: unknown): string | null {
  const reference = names(as(node, 'ColumnRef')?.fields).at(-1);
  if (reference !== undefined) return reference;
  const cast = as(node, 'TypeCast');
  if (cast !== null) return ownName(cast.arg);
  return names(as(node, 'FuncCall')?.funcname).at(-1) ?? null;
}

function values(body: Tree): Output {
  const row = list(as(list(body.valuesLists)[0], 'List')?.items);
  const starred = JSON.stringify(row).includes('"A_Star"');
  return { columns: row.map((_, i) => `column${i + 1}`), ordered: !starred, open: starred };
}

/** A bare name in ORDER BY or DISTINCT ON is first a column of the result, whose expression was read already. */
function order(walk: Walk, clause: unknown, env: Env, output: Output): void {
  for (const item of list(clause)) {
    const sort = as(item, 'SortBy');
    const bare = bareName(sort === null ? item : sort.node);
    if (bare !== null && output.columns.includes(bare.name)) walk.seen.add(bare.body);
    else walk.expression(item, env);
  }
}

/** A bare name in GROUP BY is first a column of the level's tables, then one of the result, then one further out. */
function group(walk: Walk, clause: unknown, env: Env, output: Output): void {
  for (const item of list(clause)) {
    const set = as(item, 'GroupingSet');
    const bare = bareName(item);
    if (set !== null) group(walk, set.content, env, output);
    else if (bare === null) walk.expression(item, env);
    else if (readHere(bare.name, env.scope?.relations ?? []) || output.columns.includes(bare.name)) {
      walk.seen.add(bare.body);
    } else readColumnRef(walk, bare.body, env);
  }
}
