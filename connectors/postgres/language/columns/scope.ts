import type { Output, Relation } from './relation.ts';

/** The relations of one query level, and the levels around it: what a name can mean. */
export interface Scope {
  readonly relations: readonly Relation[];
  readonly outer: Scope | null;
}

/** CTEs that can be named, the nearest first. */
export interface Ctes {
  readonly name: string;
  readonly output: () => Output;
  readonly outer: Ctes | null;
}

/** Where a piece of a statement stands. */
export interface Env {
  readonly scope: Scope | null;
  readonly ctes: Ctes | null;
}

/**
 * Reads what a column reference means, by PostgreSQL's own rules (`parse_expr.c`, `parse_relation.c`): the nearest level
 * that has it. Where a level may have it and that cannot be told, it is read there and looked for further out too.
 * False when it means nothing that is known.
 */
export function readReference(fields: readonly string[], scope: Scope | null): boolean {
  const column = fields.at(-1) ?? '';
  const [schema, name] = fields.length > 2 ? fields.slice(-3, -1) : [null, fields[0] ?? ''];
  if (fields.length === 1) {
    if (column === '*') return readEach(scope?.relations ?? []);
    const found = readColumn(column, scope);
    return found === 'here' || readRow(null, column, scope) || found === 'perhaps';
  }
  if (column === '*') return readRow(schema, name ?? '', scope);
  const named = find(schema ?? null, name ?? '', scope);
  for (const relation of named) {
    if (relation.lists(column) || relation.hides(column)) relation.read(column);
    else if (relation.open) relation.untold();
    // `t.f` is `f(t)` when `t` has no such column.
    else relation.readAll();
  }
  return named.length > 0;
}

/** Reads an unqualified column at this level alone, for GROUP BY, which prefers one to a name of the result. */
export function readHere(column: string, relations: readonly Relation[]): boolean {
  const having = relations.filter(
    (relation) => !relation.named && (relation.lists(column) || (!relation.joined && relation.hides(column))),
  );
  // Several have it only where USING or NATURAL made one of them.
  for (const relation of having) relation.read(column);
  if (having.length > 0) return true;
  for (const relation of relations) if (!relation.named && relation.open) relation.untold();
  return false;
}

function readColumn(column: string, scope: Scope | null): 'here' | 'perhaps' | 'nowhere' {
  let perhaps = false;
  for (let level = scope; level !== null; level = level.outer) {
    if (readHere(column, level.relations)) return 'here';
    perhaps ||= level.relations.some((relation) => relation.open);
  }
  return perhaps ? 'perhaps' : 'nowhere';
}

function readRow(schema: string | null | undefined, name: string, scope: Scope | null): boolean {
  return readEach(find(schema ?? null, name, scope));
}

function readEach(relations: readonly Relation[]): boolean {
  for (const relation of relations) relation.readAll();
  return relations.length > 0;
}

/**
 * What a name in front of a dot means. One with a schema may mean a table whose schema the statement did not write, so
 * each of that name is taken, at every level.
 */
function find(schema: string | null, name: string, scope: Scope | null): readonly Relation[] {
  const found: Relation[] = [];
  for (let level = scope; level !== null; level = level.outer) {
    const here = level.relations.filter((relation) =>
      schema === null
        ? relation.name === name
        : relation.table?.name === name && (relation.table.schema ?? schema) === schema,
    );
    if (schema === null && here.length > 0) return here;
    found.push(...here);
  }
  return found;
}
