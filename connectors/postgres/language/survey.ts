import type { TouchedTable } from '@sallyport/contract';
import { addRelation } from '../../language/relation-key.ts';
import type { Change, RelationName } from '../../port.ts';
import { attributeCalls } from './attribute-calls.ts';
import { HARMLESS, REFUSED, REFUSED_FAMILIES, WRITING } from './known-functions.ts';
import { as, contains, isTree, list, names, type Tree } from './tree.ts';

/** What the whole tree of one statement does. */
export interface Survey {
  writes: boolean;
  /** How many statements of it change rows, those in CTEs too. */
  changes: number;
  readonly tables: Map<string, TouchedTable>;
  readonly relations: Map<string, RelationName>;
  readonly functions: Set<string>;
  readonly unknown: Set<string>;
  /** Why it cannot run at all; with the byte offset, where the tree says one. */
  readonly refusals: { readonly message: string; readonly location: number | null }[];
  /** Parameters that stand where a value decides nothing, such as `order by $1`: byte offsets. */
  readonly idle: number[];
}

export const WRITES = ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'];

/** What a rule of the database can put another in the place of; a MERGE is refused where there is one. */
const CHANGES: Readonly<Record<string, Change>> = {
  InsertStmt: 'insert',
  UpdateStmt: 'update',
  DeleteStmt: 'delete',
};

/** Walks every node, sub-selects and CTEs too: a top-level SELECT proves nothing (Q5). */
export function survey(statement: Tree): Survey {
  const found: Survey = {
    writes: false,
    changes: 0,
    tables: new Map(),
    relations: new Map(),
    functions: new Set(),
    unknown: new Set(),
    refusals: [],
    idle: [],
  };
  walk(statement, new Set(), found);
  // One that is harmless, or not known, is mostly a field.
  for (const { name, location } of attributeCalls(statement))
    if (WRITING.has(name) || reachesBeyond(name)) call([name], location, found);
  return found;
}

function walk(value: unknown, ctes: ReadonlySet<string>, found: Survey): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, ctes, found);
    return;
  }
  if (!isTree(value)) return;
  for (const [kind, body] of Object.entries(value)) {
    if (!isTree(body)) {
      walk(body, ctes, found);
      continue;
    }
    visit(kind, body, ctes, found);
  }
}

function visit(kind: string, body: Tree, outer: ReadonlySet<string>, found: Survey): void {
  const ctes = withNames(body, outer, found);
  const location = typeof body.location === 'number' ? body.location : null;
  let rest = body;
  if (WRITES.includes(kind)) {
    found.writes = true;
    found.changes += 1;
    if (isTree(body.relation)) touch(body.relation, 'write', found, CHANGES[kind]);
    rest = { ...body, relation: null };
  } else if (kind === 'RangeVar') {
    const name = String(body.relname);
    if (body.schemaname !== undefined || !ctes.has(name)) touch(body, 'read', found);
  } else if (kind === 'FuncCall') {
    call(names(body.funcname), location, found);
  } else if (kind === 'A_Expr') {
    operator(names(body.name), found);
  } else if (kind === 'LockingClause') {
    found.writes = true;
    return;
  } else if (kind === 'intoClause') {
    found.refusals.push({
      message: 'SELECT INTO makes a table; a query cannot change the schema.',
      location: null,
    });
  } else if (kind === 'CurrentOfExpr') {
    found.refusals.push({ message: 'A query has no cursor to be current of.', location });
  } else if (kind === 'TypeCast') {
    typeBefore(body, found);
  } else if (kind === 'SortBy') {
    idle(body.node, found);
  } else if (kind === 'SelectStmt' || kind === 'larg' || kind === 'rarg') {
    for (const item of [...list(body.groupClause), ...list(body.distinctClause)]) idle(item, found);
  }
  walk({ ...rest, withClause: null }, ctes, found);
}

/** CTE names in scope below this node; visits each CTE with the names that it may see itself. */
function withNames(body: Tree, outer: ReadonlySet<string>, found: Survey): ReadonlySet<string> {
  const clause = body.withClause;
  if (!isTree(clause)) return outer;
  const items = list(clause.ctes)
    .map((item) => as(item, 'CommonTableExpr'))
    .filter((item) => item !== null);
  const all = new Set([...outer, ...items.map((item) => String(item.ctename))]);
  let seen: ReadonlySet<string> = outer;
  for (const item of items) {
    // Without RECURSIVE, a CTE does not see itself: `with t as (select * from t)` reads the real t.
    walk({ ctequery: item.ctequery }, clause.recursive === true ? all : seen, found);
    seen = new Set([...seen, String(item.ctename)]);
  }
  return all;
}

function touch(relation: Tree, access: 'read' | 'write', found: Survey, change?: Change): void {
  const schema = typeof relation.schemaname === 'string' ? relation.schemaname : null;
  const table = String(relation.relname);
  if (
    access === 'write' &&
    (schema === 'pg_catalog' || schema === 'information_schema' || /^pg_/.test(table))
  ) {
    found.refusals.push({
      message: `${table} is the engine's own; a query cannot write it.`,
      location: typeof relation.location === 'number' ? relation.location : null,
    });
  }
  const name = schema === null ? table : `${schema}.${table}`;
  found.tables.set(`${name}\0${access}`, { name, access });
  addRelation(found.relations, {
    schema,
    name: table,
    ...(change === undefined ? {} : { changed: [change] }),
  });
}

function call(path: readonly string[], location: number | null, found: Survey): void {
  const name = path.at(-1) ?? '';
  const schema = path.length > 1 ? path.at(-2) : undefined;
  const own = schema === undefined || schema === 'pg_catalog';
  const shown = own ? name : path.join('.');
  found.functions.add(shown);
  if (own ? reachesBeyond(name) : REFUSED_FAMILIES.test(name)) {
    found.refusals.push({
      message: `${name}() reaches beyond this query (files, other sessions, settings, or text run as SQL), which a transaction cannot contain.`,
      location,
    });
  } else if (own && WRITING.has(name)) found.writes = true;
  else if (!own || !HARMLESS.has(name)) found.unknown.add(`${shown}()`);
}

const reachesBeyond = (name: string): boolean =>
  REFUSED.has(name) || (REFUSED_FAMILIES.test(name) && !HARMLESS.has(name));

function operator(path: readonly string[], found: Survey): void {
  if (path.length < 2 || path[0] === 'pg_catalog') return;
  found.functions.add(`operator(${path.join('.')})`);
  found.unknown.add(`operator(${path.join('.')})`);
}

/** Types whose names are no keywords, and so could be a column before a hole that was meant for its direction or alias. */
const TYPES: ReadonlySet<unknown> = new Set(['date', 'inet', 'json', 'jsonb', 'timestamptz', 'uuid']);

/** `date $1`: the parser takes it, and the engine only a literal after a type. Such a cast has no place of its own. */
function typeBefore({ arg, typeName, location }: Tree, found: Survey): void {
  const at = as(arg, 'ParamRef')?.location;
  const path = names(isTree(typeName) ? typeName.names : []);
  const type = path.at(-1);
  const known = path[0] === 'pg_catalog' || TYPES.has(type);
  if (typeof at !== 'number' || location !== -1 || !known || found.idle.includes(at)) return;
  const number = type === 'interval' ? " For a number of days, {{ value }} * interval '1 day'." : '';
  const message = `PostgreSQL accepts a type before a literal only. Write it after the value: {{ value }}::${type}.${number}`;
  found.refusals.push({ message, location: at });
}

/** A bare parameter there is a constant: the engine accepts it and it does nothing, which nobody means. */
function idle(node: unknown, found: Survey): void {
  if (contains(node, 'ColumnRef') || contains(node, 'FuncCall')) return;
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) collect(item);
    else if (isTree(value)) {
      const parameter = as(value, 'ParamRef');
      if (parameter !== null && typeof parameter.location === 'number') found.idle.push(parameter.location);
      for (const child of Object.values(value)) collect(child);
    }
  };
  collect(node);
}
