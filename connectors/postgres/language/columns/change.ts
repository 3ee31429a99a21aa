import type { RelationName } from '../../../port.ts';
import { as, isTree, list, type Tree } from '../tree.ts';
import { walkFrom } from './from.ts';
import { type Output, type Relation, tableRelation } from './relation.ts';
import type { Env } from './scope.ts';
import { targets } from './select.ts';
import type { Walk } from './walk.ts';
import { withCtes } from './with-ctes.ts';

/** The table that a statement changes, and how its rows are read while it does. */
interface Target {
  readonly table: RelationName;
  readonly relation: Relation;
}

export function walkUpdate(walk: Walk, body: Tree, around: Env): Output {
  const env = withCtes(walk, body.withClause, around);
  const target = targetOf(walk, body.relation);
  const from = walkFrom(walk, list(body.fromClause), env);
  const inside = within(env, [target.relation, ...from.relations]);
  assign(walk, target, body.targetList, inside);
  walk.expression(body.whereClause, inside);
  return returning(walk, body, inside, target, from.merged);
}

export function walkDelete(walk: Walk, body: Tree, around: Env): Output {
  const env = withCtes(walk, body.withClause, around);
  const target = targetOf(walk, body.relation);
  const from = walkFrom(walk, list(body.usingClause), env);
  const inside = within(env, [target.relation, ...from.relations]);
  walk.touches.whole(target.table, 'write');
  walk.expression(body.whereClause, inside);
  return returning(walk, body, inside, target, from.merged);
}

export function walkInsert(walk: Walk, body: Tree, around: Env): Output {
  const env = withCtes(walk, body.withClause, around);
  const target = targetOf(walk, body.relation);
  const select = as(body.selectStmt, 'SelectStmt');
  if (select !== null) {
    const output = walk.select(select, env);
    if (body.cols === undefined)
      fill(walk, target, output.open || !output.ordered ? null : output.columns.length);
  }
  insertInto(walk, target, body.cols, env);
  const inside = within(env, [target.relation]);
  if (isTree(body.onConflictClause)) conflict(walk, body.onConflictClause, target, env);
  return returning(walk, body, inside, target, false);
}

function conflict(walk: Walk, clause: Tree, target: Target, env: Env): void {
  const inside = within(env, [target.relation]);
  const { infer } = clause;
  if (isTree(infer)) {
    // The columns of a constraint are not known here.
    if (infer.conname !== undefined) walk.touches.untold(target.table, 'read');
    for (const item of list(infer.indexElems)) {
      const name = as(item, 'IndexElem')?.name;
      if (typeof name === 'string') target.relation.read(name);
    }
    walk.expression([infer.indexElems, infer.whereClause], inside);
  }
  // The row that was proposed; the engine asks for the right to read the columns that are taken from it.
  const excluded = copyOf(target.relation, 'excluded');
  const both = within(env, [target.relation, excluded]);
  assign(walk, target, clause.targetList, both);
  walk.expression(clause.whereClause, both);
}

export function walkMerge(walk: Walk, body: Tree, around: Env): Output {
  const env = withCtes(walk, body.withClause, around);
  const target = targetOf(walk, body.relation);
  // It looks for rows of the target, whatever it asks of them: the engine wants the right to read there.
  walk.touches.enter(target.table, 'read');
  const source = walkFrom(walk, [body.sourceRelation], env);
  const both = within(env, [target.relation, ...source.relations]);
  walk.expression(body.joinCondition, both);
  for (const item of list(body.mergeWhenClauses)) {
    const clause = as(item, 'MergeWhenClause') ?? {};
    const inside =
      clause.matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_TARGET'
        ? within(env, source.relations)
        : clause.matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE'
          ? within(env, [target.relation])
          : both;
    walk.expression(clause.condition, inside);
    if (clause.commandType === 'CMD_DELETE') walk.touches.whole(target.table, 'write');
    if (clause.commandType === 'CMD_INSERT') {
      const given = list(clause.values);
      if (clause.targetList === undefined && given.length > 0) fill(walk, target, given.length);
      insertInto(walk, target, clause.targetList, inside);
      walk.expression(given, inside);
    } else assign(walk, target, clause.targetList, inside);
  }
  return returning(walk, body, both, target, source.merged);
}

function targetOf(walk: Walk, relation: unknown): Target {
  const body = isTree(relation) ? relation : {};
  const table = {
    schema: typeof body.schemaname === 'string' ? body.schemaname : null,
    name: String(body.relname),
  };
  walk.touches.enter(table, 'write');
  const alias = isTree(body.alias) ? String(body.alias.aliasname) : null;
  return { table, relation: tableRelation(walk.touches, table, walk.known(table), alias) };
}

const within = (env: Env, relations: readonly Relation[]): Env => ({
  ...env,
  scope: { relations, outer: env.scope },
});

/** `set a = …, b.part = …`. */
function assign(walk: Walk, target: Target, items: unknown, env: Env): void {
  for (const item of list(items)) {
    const set = as(item, 'ResTarget') ?? {};
    walk.touches.column(target.table, 'write', String(set.name));
    walk.expression([set.indirection, set.val], env);
  }
}

function insertInto(walk: Walk, target: Target, items: unknown, env: Env): void {
  for (const item of list(items)) {
    const column = as(item, 'ResTarget') ?? {};
    walk.touches.column(target.table, 'write', String(column.name));
    walk.expression(column.indirection, env);
  }
}

/** Without a list of columns, the first ones are filled: as many as there are values, or any. */
function fill(walk: Walk, { table, relation }: Target, count: number | null): void {
  if (relation.open) walk.touches.untold(table, 'write');
  for (const column of relation.columns.slice(0, count ?? undefined)) {
    walk.touches.column(table, 'write', column);
  }
}

const copyOf = (relation: Relation, name: string): Relation => ({
  ...relation,
  name,
  table: null,
  named: true,
});

/** RETURNING, which also knows the row as it was and as it is, under names that can be chosen. */
function returning(walk: Walk, body: Tree, env: Env, target: Target, merged: boolean): Output {
  const clause = isTree(body.returningClause) ? body.returningClause : {};
  const named = list(clause.options).map((item) => String(as(item, 'ReturningOption')?.value));
  const rows = ['old', 'new', ...named].map((name) => copyOf(target.relation, name));
  const relations = env.scope?.relations ?? [];
  const inside = within({ ...env, scope: env.scope?.outer ?? null }, [...relations, ...rows]);
  return targets(walk, list(clause.exprs), inside, { relations, merged });
}
