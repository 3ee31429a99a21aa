import { as, isTree, list, names, type Tree } from '../tree.ts';
import {
  derivedRelation,
  joinRelation,
  type Output,
  outputOf,
  type Relation,
  renamedRelation,
  tableRelation,
} from './relation.ts';
import { type Env, readHere } from './scope.ts';
import type { Walk } from './walk.ts';

/** What a FROM item brings into scope; `merged` when a join made one column of two. */
export interface From {
  readonly relations: readonly Relation[];
  readonly merged: boolean;
}

const UNTOLD: Output = { columns: [], ordered: false, open: true };

/** All items of a FROM clause, each of which may see those before it where it is LATERAL or a function. */
export function walkFrom(
  walk: Walk,
  items: readonly unknown[],
  env: Env,
  before: readonly Relation[] = [],
): From {
  const relations: Relation[] = [];
  let merged = false;
  for (const item of items) {
    const from = walkItem(walk, item, env, before.length === 0 ? relations : [...before, ...relations]);
    relations.push(...from.relations);
    merged ||= from.merged;
  }
  return { relations, merged };
}

function walkItem(walk: Walk, item: unknown, env: Env, before: readonly Relation[]): From {
  const [kind = '', body] = isTree(item) ? (Object.entries(item)[0] ?? []) : [];
  if (!isTree(body)) return one(untold(walk));
  const lateral: Env = { ...env, scope: { relations: [...before], outer: env.scope } };
  const { alias, columns } = aliasOf(body);
  switch (kind) {
    case 'RangeVar':
      return one(rangeVar(walk, body, env));
    case 'RangeSubselect': {
      const output = walk.statement(body.subquery, body.lateral === true ? lateral : env);
      return one(renamed(walk, derivedRelation(alias, output), columns));
    }
    case 'RangeFunction': {
      walk.expression(body.functions, lateral);
      const given = list(body.coldeflist).map((column) => String(as(column, 'ColumnDef')?.colname));
      const output = { columns: given, ordered: given.length > 0, open: given.length === 0 };
      return one(renamed(walk, derivedRelation(alias ?? functionName(body), output), columns));
    }
    case 'RangeTableFunc':
    case 'JsonTable': {
      walk.expression(body, lateral);
      const name = alias ?? (kind === 'JsonTable' ? 'json_table' : 'xmltable');
      return one(renamed(walk, derivedRelation(name, UNTOLD), columns));
    }
    case 'RangeTableSample':
      walk.expression([body.args, body.repeatable], env);
      return walkItem(walk, body.relation, env, before);
    case 'JoinExpr':
      return join(walk, body, env, before);
    default:
      return one(untold(walk));
  }
}

const one = (relation: Relation): From => ({ relations: [relation], merged: false });

function untold(walk: Walk): Relation {
  walk.touches.anything();
  return derivedRelation(null, UNTOLD);
}

/** A CTE of that name, or the table. */
export function rangeVar(walk: Walk, body: Tree, env: Env): Relation {
  const { alias, columns } = aliasOf(body);
  const name = String(body.relname);
  if (body.schemaname === undefined) {
    for (let cte = env.ctes; cte !== null; cte = cte.outer) {
      if (cte.name === name) return renamed(walk, derivedRelation(alias ?? name, cte.output()), columns);
    }
  }
  const table = { schema: typeof body.schemaname === 'string' ? body.schemaname : null, name };
  walk.touches.enter(table, 'read');
  return renamed(walk, tableRelation(walk.touches, table, walk.known(table), alias), columns);
}

function renamed(walk: Walk, relation: Relation, columns: readonly string[]): Relation {
  if (columns.length > 0) walk.spend(relation.columns.length);
  return renamedRelation(relation, columns);
}

function join(walk: Walk, body: Tree, env: Env, before: readonly Relation[]): From {
  const left = walkItem(walk, body.larg, env, before);
  const right = walkItem(walk, body.rarg, env, [...before, ...left.relations]);
  const using = names(body.usingClause);
  const natural = body.isNatural === true;
  const shared = natural ? common(walk, left.relations, right.relations) : using;
  for (const column of shared) {
    for (const side of [left.relations, right.relations]) readHere(column, side);
  }
  const both = [...left.relations, ...right.relations];
  walk.expression(body.quals, { ...env, scope: { relations: both, outer: env.scope } });
  const relations = both.map((relation) => (relation.joined ? relation : { ...relation, joined: true }));
  const merged = left.merged || right.merged || natural || using.length > 0;
  const { alias, columns } = aliasOf(body);
  if (alias !== null) {
    const output = outputOf(relations, merged);
    walk.spend(output.columns.length);
    return { relations: [renamedRelation(joinRelation(alias, relations, output), columns)], merged: false };
  }
  if (isTree(body.join_using_alias)) {
    const output = { columns: using, ordered: true, open: false };
    const name = String(body.join_using_alias.aliasname);
    relations.push({ ...derivedRelation(name, output), named: true });
  }
  return { relations, merged };
}

/** The columns that NATURAL joins by. Where those of one side cannot be told, any column of the other may be one. */
function common(walk: Walk, left: readonly Relation[], right: readonly Relation[]): readonly string[] {
  const sides = [outputOf(left, true), outputOf(right, true)] as const;
  walk.spend(sides[0].columns.length + sides[1].columns.length);
  if (sides.some((side) => side.open)) {
    walk.touches.anything();
    return [];
  }
  const there = new Set(sides[0].columns);
  return [...new Set(sides[1].columns)].filter((column) => there.has(column));
}

function aliasOf(body: Tree): { readonly alias: string | null; readonly columns: readonly string[] } {
  if (!isTree(body.alias)) return { alias: null, columns: [] };
  return { alias: String(body.alias.aliasname), columns: names(body.alias.colnames) };
}

/** A function without an alias is named by itself. */
function functionName(body: Tree): string | null {
  const [first] = list(as(list(body.functions)[0], 'List')?.items);
  return names(as(first, 'FuncCall')?.funcname).at(-1) ?? null;
}
